using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Security;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAlarm.OpcUa.Tests.Security;

public sealed class CertificateValidatorTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "edgealarm-" + Guid.NewGuid().ToString("N"));
    private readonly CertificateStore _store;
    private readonly FakeTimeProvider _time = new(TestCertificates.Now);
    private readonly CertificateExpectations _expected = new()
    {
        Policy = SecurityPolicy.Basic256Sha256,
        ApplicationUri = "urn:plant:plc",
        Host = "plc1",
    };

    public CertificateValidatorTests() => _store = new CertificateStore(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_stranger_is_refused_kept_and_accepted_after_its_file_was_moved()
    {
        using var plc = TestCertificates.Foreign();

        var verdict = Validate(plc);

        Assert.Equal(StatusCodes.BadCertificateUntrusted, verdict.Status);
        Assert.False(verdict.IsAccepted);
        var kept = Path.Combine(_store.RejectedFolder, plc.Thumbprint + ".der");
        Assert.Contains(kept, verdict.Words, StringComparison.Ordinal);
        Assert.Contains($"edgealarm certs trust {plc.Thumbprint[..12]} ", verdict.Words, StringComparison.Ordinal);
        Assert.Equal(plc.RawData, File.ReadAllBytes(kept));

        _store.Trust(plc);
        Assert.Equal(CertificateVerdict.Accepted, Validate(plc));
        Assert.False(File.Exists(kept));
    }

    // A new certificate under the old name, or with the old key, is a stranger again.
    [Fact]
    public void Trust_goes_by_the_bytes_and_not_by_any_name()
    {
        using var plc = TestCertificates.Foreign();
        using var impostor = TestCertificates.Foreign();
        File.WriteAllBytes(Path.Combine(_store.TrustedFolder, impostor.Thumbprint + ".der"), plc.RawData);

        Assert.True(Validate(plc).IsAccepted);
        Assert.Equal(StatusCodes.BadCertificateUntrusted, Validate(impostor).Status);
    }

    [Fact]
    public void One_file_that_is_no_certificate_never_costs_the_trust_in_another()
    {
        using var plc = Trusted(TestCertificates.Foreign());
        File.WriteAllText(Path.Combine(_store.TrustedFolder, "0-readme.txt"), "put certificates here");

        Assert.True(Validate(plc).IsAccepted);
    }

    [Theory]
    [InlineData("plc1", true)]
    [InlineData("PLC1", true)]
    [InlineData("192.0.2.7", true)]
    [InlineData("plc2", false)]
    [InlineData("192.0.2.8", false)]
    [InlineData("plc1.example.org", false)]
    public void The_host_of_the_url_has_to_be_in_the_certificate(string host, bool isAccepted)
    {
        using var plc = Trusted(TestCertificates.Foreign());

        var verdict = Validate(plc, _expected with { Host = host });

        Assert.Equal(isAccepted ? StatusCodes.Good : StatusCodes.BadCertificateHostNameInvalid, verdict.Status);
        Assert.True(isAccepted || verdict.Words.Contains("plc1, 192.0.2.7", StringComparison.Ordinal), verdict.Words);
    }

    [Fact]
    public void The_application_uri_has_to_be_the_claimed_one()
    {
        using var plc = Trusted(TestCertificates.Foreign());

        Assert.Equal(
            StatusCodes.BadCertificateUriInvalid, Validate(plc, _expected with { ApplicationUri = "urn:plant:tank" }).Status);
    }

    // F-50: the certificate that runs out after a year.
    [Theory, Trait("Field", "F-50")]
    [InlineData(-2, false)]
    [InlineData(0, true)]
    [InlineData(99, true)]
    [InlineData(101, false)]
    public void A_certificate_counts_only_in_its_time(int days, bool isAccepted)
    {
        using var plc = Trusted(TestCertificates.Foreign());
        var validator = new CertificateValidator(_store, new FakeTimeProvider(TestCertificates.Now.AddDays(days)));
        using var peer = PeerCertificate.Parse(plc.RawData);

        var verdict = validator.Validate(peer, _expected);

        Assert.Equal(isAccepted ? StatusCodes.Good : StatusCodes.BadCertificateTimeInvalid, verdict.Status);
        Assert.True(isAccepted || verdict.Words.Contains("clock", StringComparison.Ordinal), verdict.Words);
    }

    [Theory]
    [InlineData(X509KeyUsageFlags.DigitalSignature, false)]
    [InlineData(X509KeyUsageFlags.DataEncipherment, false)]
    [InlineData(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.DataEncipherment, true)]
    public void A_certificate_has_to_be_for_signing_and_encrypting(X509KeyUsageFlags usage, bool isAccepted)
    {
        using var plc = Trusted(TestCertificates.Foreign(usage: usage));

        Assert.Equal(isAccepted ? StatusCodes.Good : StatusCodes.BadCertificateUseNotAllowed, Validate(plc).Status);
    }

    [Fact]
    public void Short_keys_and_SHA_1_are_refused_though_trusted()
    {
        using var small = Trusted(TestCertificates.Foreign(bits: 1024));
        using var weak = Trusted(X509CertificateLoader.LoadCertificate(Convert.FromBase64String(TestCertificates.SignedWithSha1)));

        Assert.Equal(StatusCodes.BadCertificatePolicyCheckFailed, Validate(small).Status);
        Assert.Equal(StatusCodes.BadCertificatePolicyCheckFailed, Validate(weak).Status);
    }

    [Fact]
    public void Bytes_that_are_no_certificate_are_a_violation()
    {
        using var plc = TestCertificates.Foreign();
        foreach (var bytes in new byte[][] { [], [1, 2, 3], plc.RawData[..^1], [.. plc.RawData, 7], [.. plc.RawData, .. plc.RawData[..50]] })
        {
            var violation = Assert.Throws<SecurityViolation>(() => PeerCertificate.Parse(bytes));
            Assert.Equal(StatusCodes.BadCertificateInvalid, violation.Status);
            Assert.Equal(StatusCodes.BadSecurityChecksFailed, violation.StatusForPeer);
        }
    }

    // A subject may hold line breaks that would forge a line of the log.
    [Fact]
    public void Foreign_names_cannot_break_a_line()
    {
        using var plc = TestCertificates.Foreign(subject: "CN=\"PLC\n2026-11-23 alarm acknowledged\"");

        Assert.DoesNotContain('\n', Validate(plc).Words);
    }

    private X509Certificate2 Trusted(X509Certificate2 certificate)
    {
        File.WriteAllBytes(Path.Combine(_store.TrustedFolder, certificate.Thumbprint + ".der"), certificate.RawData);
        return certificate;
    }

    private CertificateVerdict Validate(X509Certificate2 certificate, CertificateExpectations? expected = null)
    {
        using var peer = PeerCertificate.Parse(certificate.RawData);
        return new CertificateValidator(_store, _time).Validate(peer, expected ?? _expected);
    }
}
