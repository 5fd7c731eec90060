using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.Certificates;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.Verbs;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAlarm.Tests.Certificates;

public sealed class CertificateCommandsTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("edgealarm-").FullName;
    private readonly FakeTimeProvider _time = new(Now);
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly CertificateStore _store;
    private readonly CertificateCommands _commands;

    public CertificateCommandsTests()
    {
        _store = new CertificateStore(_folder);
        _commands = new CertificateCommands(_folder, _time, _output, _error);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_command_that_a_refusal_names_trusts_the_certificate()
    {
        using var plc = Made("PLC");
        using var peer = PeerCertificate.Parse(plc.Der.Span);
        var refused = new CertificateValidator(_store, _time).Validate(peer, new CertificateExpectations { Policy = SecurityPolicy.Basic256Sha256 });
        var command = refused.Words[refused.Words.IndexOf("edgealarm certs trust ", StringComparison.Ordinal)..].Split(' ');

        Assert.Equal(ExitCode.Done, _commands.Trust(command[3]));

        Assert.True(new CertificateValidator(_store, _time).Validate(peer, new CertificateExpectations { Policy = SecurityPolicy.Basic256Sha256 }).IsAccepted);
        Assert.Contains(plc.Certificate.Thumbprint, _output.ToString(), StringComparison.Ordinal);
        Assert.Contains(plc.Certificate.GetCertHashString(HashAlgorithmName.SHA256), _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG", _output.ToString(), StringComparison.Ordinal);
    }

    // whoever put it there believes that the server is trusted, or that the authority's list is looked at
    [Fact]
    public void A_file_that_is_no_certificate_is_listed_as_a_fault()
    {
        File.WriteAllText(Path.Combine(_store.TrustedFolder, ".gitkeep"), string.Empty);
        using var own = Made("gateway");
        Assert.False(CertificateListing.Of(_folder, _time).HasFaults);

        File.WriteAllText(Path.Combine(_store.TrustedFolder, "plc.der"), "a mail's text");
        File.WriteAllText(Path.Combine(_store.IssuersFolder, "plant.crl"), "another");
        var listing = CertificateListing.Of(_folder, _time);

        Assert.True(listing.HasFaults);
        Assert.Equal(["plc.der", "plant.crl"], listing.Unreadable.Select(file => Path.GetFileName(file.File)));
        Assert.Contains(CertificateLines.Of(listing), line => line.Contains("UNREADABLE", StringComparison.Ordinal));
    }

    [Fact]
    public void A_certificate_is_found_by_either_thumbprint_with_or_without_colons_and_by_its_file()
    {
        using var plc = Made("PLC");
        var file = Path.Combine(_folder, "plc.pem");
        File.WriteAllText(file, plc.Certificate.ExportCertificatePem());
        var sha1 = string.Join(':', plc.Certificate.Thumbprint.Chunk(2).Select(pair => new string(pair)));

        foreach (var name in new[] { sha1, plc.Certificate.GetCertHashString(HashAlgorithmName.SHA256)[..8].ToLowerInvariant(), file })
        {
            _store.Distrust(plc.Certificate);
            Assert.Equal(ExitCode.Done, _commands.Trust(name));
            Assert.Equal([plc.Certificate.Thumbprint + ".der"], Directory.GetFiles(_store.TrustedFolder).Select(Path.GetFileName));
        }

        Assert.Equal(ExitCode.Done, _commands.Reject(plc.Certificate.Thumbprint[..8]));
        Assert.Empty(Directory.GetFiles(_store.TrustedFolder));
    }

    [Theory]
    [InlineData("00112233", "has the thumbprint 00112233")]
    [InlineData("0011", "at least 8 hexadecimal digits")]
    [InlineData("no-such-file.der", "is no file and no thumbprint")]
    public void What_is_not_there_is_not_trusted_and_the_next_step_is_told(string what, string words)
    {
        Assert.Equal(ExitCode.Found, _commands.Trust(what));
        Assert.Contains(words, _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("edgealarm certs list", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_store.TrustedFolder));
    }

    [Fact]
    public void What_still_stands_against_a_trusted_certificate_is_told_at_once()
    {
        using var ended = ApplicationCertificate.Create("urn:plc", "PLC", ["plc"], Now.AddDays(-100), TimeSpan.FromDays(50));
        _store.Distrust(ended.Certificate);

        Assert.Equal(ExitCode.Done, _commands.Trust(ended.Certificate.Thumbprint));

        Assert.Contains("WRONG    is valid from 2026-08-14", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_revocation_list_in_a_file_is_taken_beside_the_authority()
    {
        using var key = RSA.Create(2048);
        using var authority = Authority(key);
        var list = new CertificateRevocationListBuilder().Build(
            authority.SubjectName, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), 1, Now.AddDays(30), HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromIssuerNameAndSerialNumber(authority.SubjectName, authority.SerialNumberBytes.Span), Now);
        var file = Path.Combine(_folder, "plant.pem");
        File.WriteAllText(file, PemEncoding.WriteString("X509 CRL", list));
        _store.Trust(authority);

        Assert.Equal(ExitCode.Done, _commands.Trust(file));

        var listing = CertificateListing.Of(_folder, _time);
        Assert.Equal(("trusted", "CN=Plant CA", null), (listing.RevocationLists[0].Place, listing.RevocationLists[0].Issuer, listing.RevocationLists[0].Wrong));
        Assert.False(listing.HasFaults);

        _store.Distrust(authority);
        Assert.Contains("no authority", CertificateListing.Of(_folder, _time).RevocationLists[0].Wrong, StringComparison.Ordinal);
        _store.Trust(authority);
        _time.Advance(TimeSpan.FromDays(31));
        Assert.Contains("out of date", CertificateListing.Of(_folder, _time).RevocationLists[0].Wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void A_listing_has_every_certificate_in_its_place_with_what_is_wrong_and_fits_eighty_columns()
    {
        using var own = Made("EdgeAlarm gw1");
        using var plc = Made("PLC");
        using var ended = ApplicationCertificate.Create("urn:old", "Old", [], Now.AddDays(-100), TimeSpan.FromDays(50));
        using var stranger = Made("Stranger\n2026-11-23 everything is well");
        _store.CreateOwn(own);
        _store.RenewOwn(Now, TimeSpan.FromDays(100)).Dispose();
        _store.Trust(plc.Certificate);
        _store.Distrust(stranger.Certificate);
        Assert.False(CertificateListing.Of(_folder, _time).HasFaults);
        _store.Trust(ended.Certificate);

        var listing = CertificateListing.Of(_folder, _time);

        Assert.Equal(["own", "previous", "trusted", "trusted", "rejected"], listing.Certificates.Select(row => row.Place));
        Assert.Equal(["urn:old"], listing.Certificates.Where(row => row is { Wrong: not null, Place: "trusted" }).Select(row => row.ApplicationUri));
        Assert.Equal("is not trusted", listing.Certificates[^1].Wrong);
        Assert.True(listing.HasFaults);
        var lines = CertificateLines.Of(listing with { Folder = "certs" }).ToList();
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
        Assert.Contains(lines, line => line == $"    SHA-256  {plc.Certificate.GetCertHashString(HashAlgorithmName.SHA256)}");
    }

    [Fact]
    public void The_own_certificate_is_exported_without_its_key()
    {
        using var own = Made("EdgeAlarm gw1");
        var (der, pem) = (Path.Combine(_folder, "gw1.der"), Path.Combine(_folder, "gw1.pem"));
        Assert.Equal(ExitCode.Found, _commands.Export(der));
        Assert.Contains("edgealarm certs own create", _error.ToString(), StringComparison.Ordinal);
        _store.CreateOwn(own);

        Assert.Equal((ExitCode.Done, ExitCode.Done), (_commands.Export(der), _commands.Export(pem)));

        Assert.Equal(own.Der.ToArray(), File.ReadAllBytes(der));
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", File.ReadAllText(pem), StringComparison.Ordinal);
        Assert.DoesNotContain("KEY", File.ReadAllText(pem), StringComparison.Ordinal);
    }

    private static ApplicationCertificate Made(string name) => ApplicationCertificate.Create($"urn:{name.Split('\n')[0].Replace(' ', '-')}", name, ["plc"], Now, TimeSpan.FromDays(1000));

    private static X509Certificate2 Authority(RSA key)
    {
        var request = new CertificateRequest("CN=Plant CA", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1000));
    }
}
