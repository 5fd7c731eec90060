using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Security;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAlarm.OpcUa.Tests.Security;

/// <summary>A chain in which everything is right is accepted; each test breaks one rule of OPC 10000-4 §6.1.3 and no other.</summary>
public sealed class CertificateChainTests : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly string _folder = Directory.CreateTempSubdirectory("edgealarm-").FullName;
    private readonly CertificateStore _store;
    private readonly X509Certificate2 _root = TestCertificates.Foreign(subject: "CN=Root", authority: true);
    private readonly CertificateExpectations _expected = new()
    {
        Policy = SecurityPolicy.Basic256Sha256,
        ApplicationUri = "urn:plant:plc",
        Host = "plc1",
    };

    public CertificateChainTests() => _store = new CertificateStore(_folder);

    public void Dispose()
    {
        _root.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(null, CertificateUse.Server)]
    [InlineData(ServerUse, CertificateUse.Server)]
    [InlineData(ClientUse, CertificateUse.Client)]
    [InlineData(ServerUse, CertificateUse.User)]
    public void A_trusted_authority_vouches_for_what_it_signed(string? extendedUse, CertificateUse use)
    {
        TrustRoot();
        using var plc = TestCertificates.Foreign(_root, extendedUse: extendedUse);

        Assert.Equal(CertificateVerdict.Accepted, Validate(plc, _expected with { Use = use }));
    }

    [Fact]
    public void A_chain_that_the_peer_sent_leads_to_a_trusted_root()
    {
        TrustRoot();
        using var middle = TestCertificates.Foreign(_root, "CN=Middle", authority: true);
        Keep(_store.IssuersFolder, "middle.crl", TestCertificates.RevocationList(middle, null));
        using var plc = TestCertificates.Foreign(middle);
        using var chain = PeerCertificate.Parse([.. plc.RawData, .. middle.RawData]);

        Assert.Equal(StatusCodes.BadCertificateChainIncomplete, Validate(plc).Status);
        Assert.Equal(CertificateVerdict.Accepted, Validator().Validate(chain, _expected));
        Assert.True(chain.IsSameLeaf(plc.RawData));
        Assert.Equal(plc.RawData, chain.Der.ToArray());
    }

    [Fact]
    public void A_wrong_signature_is_invalid()
    {
        TrustRoot();
        using var plc = TestCertificates.Foreign(_root);
        var bytes = plc.RawData;
        bytes[^1] ^= 1;
        using var changed = X509CertificateLoader.LoadCertificate(bytes);

        Assert.Equal(StatusCodes.BadCertificateInvalid, Validate(changed).Status);
    }

    [Fact]
    public void A_namesake_of_the_authority_vouches_for_nothing()
    {
        TrustRoot();
        using var twin = TestCertificates.Foreign(subject: "CN=Root", authority: true);
        using var plc = TestCertificates.Foreign(twin);

        Assert.True(Validate(plc).Status.IsBad);
    }

    [Fact]
    public void An_unknown_authority_leaves_the_chain_incomplete()
    {
        using var plc = TestCertificates.Foreign(_root);

        Assert.Equal(StatusCodes.BadCertificateChainIncomplete, Validate(plc).Status);
    }

    [Fact]
    public void An_authority_that_is_only_an_issuer_gives_no_trust()
    {
        Keep(_store.IssuersFolder, "root.der", _root.RawData);
        Keep(_store.IssuersFolder, "root.crl", TestCertificates.RevocationList(_root, null));
        using var plc = TestCertificates.Foreign(_root);

        Assert.Equal(StatusCodes.BadCertificateUntrusted, Validate(plc).Status);
    }

    [Fact]
    public void Short_keys_are_refused_in_the_leaf_and_above_it()
    {
        TrustRoot();
        using var small = TestCertificates.Foreign(_root, bits: 1024);
        using var smallRoot = TestCertificates.Foreign(subject: "CN=Small", authority: true, bits: 1024);
        Keep(_store.TrustedFolder, "small.der", smallRoot.RawData);
        Keep(_store.TrustedFolder, "small.crl", TestCertificates.RevocationList(smallRoot, null));
        using var ofSmall = TestCertificates.Foreign(smallRoot);

        Assert.Equal(StatusCodes.BadCertificatePolicyCheckFailed, Validate(small).Status);
        var above = Validate(ofSmall);
        Assert.Equal(StatusCodes.BadCertificatePolicyCheckFailed, above.Status);
        Assert.Contains("was issued under \"CN=Small\", which has a key of 1024 bits", above.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_counts_for_the_leaf_and_for_the_authority()
    {
        TrustRoot();
        using var ended = TestCertificates.Foreign(_root, notBefore: TestCertificates.Now.AddDays(-1), notAfter: TestCertificates.Now.AddHours(-1));
        using var old = TestCertificates.Foreign(
            subject: "CN=Old", authority: true, notBefore: TestCertificates.Now.AddDays(-900), notAfter: TestCertificates.Now.AddDays(-1));
        Keep(_store.TrustedFolder, "old.der", old.RawData);
        Keep(_store.TrustedFolder, "old.crl", TestCertificates.RevocationList(old, null));
        using var ofOld = OutlivingItsIssuer(old);

        Assert.Equal(StatusCodes.BadCertificateTimeInvalid, Validate(ended).Status);
        Assert.Equal(StatusCodes.BadCertificateIssuerTimeInvalid, Validate(ofOld).Status);
    }

    [Fact]
    public void Host_and_application_have_to_be_the_ones_that_were_called()
    {
        TrustRoot();
        using var plc = TestCertificates.Foreign(_root);

        Assert.Equal(StatusCodes.BadCertificateHostNameInvalid, Validate(plc, _expected with { Host = "plc2" }).Status);
        Assert.Equal(StatusCodes.BadCertificateUriInvalid, Validate(plc, _expected with { ApplicationUri = "urn:plant:tank" }).Status);
    }

    [Theory]
    [InlineData(X509KeyUsageFlags.DigitalSignature, null, CertificateUse.Server)]
    [InlineData(X509KeyUsageFlags.DigitalSignature, null, CertificateUse.Client)]
    [InlineData(X509KeyUsageFlags.KeyEncipherment, null, CertificateUse.User)]
    [InlineData(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, ClientUse, CertificateUse.Server)]
    [InlineData(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, ServerUse, CertificateUse.Client)]
    public void A_certificate_is_only_for_the_uses_it_names(X509KeyUsageFlags usage, string? extendedUse, CertificateUse use)
    {
        TrustRoot();
        using var plc = TestCertificates.Foreign(_root, usage: usage, extendedUse: extendedUse);

        Assert.Equal(StatusCodes.BadCertificateUseNotAllowed, Validate(plc, _expected with { Use = use }).Status);
    }

    [Fact]
    public void A_certificate_that_is_no_authority_issues_nothing()
    {
        using var leaf = TestCertificates.Foreign(subject: "CN=Leaf");
        Keep(_store.TrustedFolder, "leaf.der", leaf.RawData);
        Keep(_store.TrustedFolder, "leaf.crl", TestCertificates.RevocationList(leaf, null));
        using var plc = TestCertificates.Foreign(leaf);

        Assert.Equal(StatusCodes.BadCertificateIssuerUseNotAllowed, Validate(plc).Status);
    }

    // opcua-security §6 row 6: a missing list is not a good one
    [Fact]
    public void Without_a_present_revocation_list_a_certificate_is_refused_unless_the_plant_accepts_that()
    {
        Keep(_store.TrustedFolder, "root.der", _root.RawData);
        using var plc = TestCertificates.Foreign(_root);
        var accepting = _expected with { AcceptsUnknownRevocation = true };

        var missing = Validate(plc);
        Assert.Equal(StatusCodes.BadCertificateRevocationUnknown, missing.Status);
        Assert.Contains("there is no revocation list of it", missing.Words, StringComparison.Ordinal);
        Assert.Equal(CertificateVerdict.Accepted, Validate(plc, accepting));

        Keep(_store.TrustedFolder, "root.crl", TestCertificates.RevocationList(_root, TestCertificates.Now.AddDays(-1)));
        var overdue = Validate(plc);
        Assert.Equal(StatusCodes.BadCertificateRevocationUnknown, overdue.Status);
        Assert.Contains("out of date since 2026-11-22", overdue.Words, StringComparison.Ordinal);
        Assert.Equal(CertificateVerdict.Accepted, Validate(plc, accepting));

        using var twin = TestCertificates.Foreign(subject: "CN=Root", authority: true);
        Keep(_store.TrustedFolder, "root.crl", TestCertificates.RevocationList(twin, null));
        Assert.Equal(StatusCodes.BadCertificateRevocationUnknown, Validate(plc).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_revoked_is_refused_whatever_is_accepted_otherwise(bool overdue)
    {
        using var plc = TestCertificates.Foreign(_root);
        using var other = TestCertificates.Foreign(_root);
        Keep(_store.TrustedFolder, "root.der", _root.RawData);
        Keep(_store.IssuersFolder, "root.crl", TestCertificates.RevocationList(_root, overdue ? TestCertificates.Now.AddDays(-1) : null, other, plc));
        var accepting = _expected with { AcceptsUnknownRevocation = true };

        Assert.Equal(StatusCodes.BadCertificateRevoked, Validate(plc, accepting).Status);

        // by its own bytes it is trusted, and revoked all the same
        Keep(_store.TrustedFolder, "plc.der", plc.RawData);
        var pinned = Validate(plc, accepting);
        Assert.Equal(StatusCodes.BadCertificateRevoked, pinned.Status);
        Assert.Contains("though it is trusted", pinned.Words, StringComparison.Ordinal);
    }

    // RFC 5280 §5.2.4: a delta says what changed since a full list, no more
    [Fact]
    public void A_newer_delta_hides_no_older_full_list_and_may_take_a_name_off_it()
    {
        const int Superseded = 4, RemoveFromCrl = 8;
        using var plc = TestCertificates.Foreign(_root);
        Keep(_store.TrustedFolder, "root.der", _root.RawData);
        Keep(_store.TrustedFolder, "full.crl", TestCertificates.RevocationList(_root, null, plc));
        Keep(_store.TrustedFolder, "delta.crl", TestCertificates.DeltaList(_root));
        Assert.Equal(StatusCodes.BadCertificateRevoked, Validate(plc).Status);

        Keep(_store.TrustedFolder, "plc.der", plc.RawData);
        Assert.Equal(StatusCodes.BadCertificateRevoked, Validate(plc).Status);
        File.Delete(Path.Combine(_store.TrustedFolder, "plc.der"));

        Keep(_store.TrustedFolder, "delta.crl", TestCertificates.DeltaList(_root, plc, RemoveFromCrl));
        Assert.Equal(CertificateVerdict.Accepted, Validate(plc));

        // what is good is said by the full list, and a delta adds to it
        Keep(_store.TrustedFolder, "full.crl", TestCertificates.RevocationList(_root, null));
        Keep(_store.TrustedFolder, "delta.crl", TestCertificates.DeltaList(_root));
        Assert.Equal(CertificateVerdict.Accepted, Validate(plc));
        Keep(_store.TrustedFolder, "delta.crl", TestCertificates.DeltaList(_root, plc, Superseded));
        Assert.Equal(StatusCodes.BadCertificateRevoked, Validate(plc).Status);

        File.Delete(Path.Combine(_store.TrustedFolder, "full.crl"));
        Keep(_store.TrustedFolder, "delta.crl", TestCertificates.DeltaList(_root));
        var partial = Validate(plc);
        Assert.Equal(StatusCodes.BadCertificateRevocationUnknown, partial.Status);
        Assert.Contains("says only a part", partial.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_in_PEM_counts_as_one_in_DER()
    {
        using var plc = TestCertificates.Foreign(_root);
        Keep(_store.TrustedFolder, "root.der", _root.RawData);
        File.WriteAllText(
            Path.Combine(_store.TrustedFolder, "root.crl"),
            System.Security.Cryptography.PemEncoding.WriteString("X509 CRL", TestCertificates.RevocationList(_root, null, plc)));

        Assert.Equal(StatusCodes.BadCertificateRevoked, Validate(plc).Status);
    }

    [Fact]
    public void Authorities_between_leaf_and_root_are_judged_too()
    {
        using var middle = TestCertificates.Foreign(_root, "CN=Middle", authority: true);
        using var plc = TestCertificates.Foreign(middle);
        Keep(_store.TrustedFolder, "root.der", _root.RawData);
        Keep(_store.IssuersFolder, "middle.der", middle.RawData);
        Keep(_store.IssuersFolder, "middle.crl", TestCertificates.RevocationList(middle, null));

        Assert.Equal(StatusCodes.BadCertificateIssuerRevocationUnknown, Validate(plc).Status);

        Keep(_store.TrustedFolder, "root.crl", TestCertificates.RevocationList(_root, null, middle));
        var revoked = Validate(plc);
        Assert.Equal(StatusCodes.BadCertificateIssuerRevoked, revoked.Status);
        Assert.Contains("was issued under \"CN=Middle\", which \"CN=Root\" has revoked", revoked.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_revocation_list_is_none()
    {
        foreach (var bytes in new byte[][] { [], [1, 2, 3], _root.RawData, TestCertificates.RevocationList(_root, null)[..^1], "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----"u8.ToArray() })
        {
            Assert.Throws<System.Security.Cryptography.CryptographicException>(() => CertificateRevocationList.Parse(bytes));
        }
    }

    private static void Keep(string folder, string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(folder, name), bytes);

    // .NET issues nothing that outlives its issuer; other software does
    private static X509Certificate2 OutlivingItsIssuer(X509Certificate2 issuer)
    {
        using var key = issuer.GetRSAPrivateKey();
        using var longLived = TestCertificates.SelfSigned(issuer.SubjectName, key!, TestCertificates.Now.AddDays(-900), TestCertificates.Now.AddDays(900));
        return TestCertificates.Foreign(longLived);
    }

    private void TrustRoot()
    {
        Keep(_store.TrustedFolder, "root.der", _root.RawData);
        Keep(_store.TrustedFolder, "root.crl", TestCertificates.RevocationList(_root, null));
    }

    private static FakeTimeProvider Clock() => new(TestCertificates.Now);

    private CertificateValidator Validator() => new(_store, Clock());

    private CertificateVerdict Validate(X509Certificate2 certificate, CertificateExpectations? expected = null)
    {
        using var peer = PeerCertificate.Parse(certificate.RawData);
        return Validator().Validate(peer, expected ?? _expected);
    }
}
