using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.Tests.Security;

public sealed class CertificateStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgealarm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // F-50: an update that makes a new certificate is one that no PLC trusts.
    [Fact, Trait("Field", "F-50")]
    public void Our_own_certificate_is_the_same_after_a_restart_and_is_never_replaced()
    {
        var store = new CertificateStore(_folder);
        Assert.Null(store.LoadOwn());
        store.CreateOwn(TestCertificates.Client());

        using var loaded = new CertificateStore(_folder).LoadOwn();

        Assert.NotNull(loaded);
        Assert.Equal(TestCertificates.Client().Der.ToArray(), loaded.Der.ToArray());
        var signature = SessionSignature.Sign(SecurityPolicy.Basic256Sha256, loaded, TestCertificates.Peer(loaded), new byte[32]);
        Assert.True(SessionSignature.Verify(
            SecurityPolicy.Basic256Sha256, TestCertificates.Peer(TestCertificates.Client()), loaded, new byte[32], signature));
        Assert.Throws<IOException>(() => store.CreateOwn(TestCertificates.Server()));
    }

    // Windows has no file modes; the folder's rights count there.
    [Fact, UnsupportedOSPlatform("windows")]
    public void The_private_key_is_for_its_user_alone()
    {
        var store = new CertificateStore(_folder);
        store.CreateOwn(TestCertificates.Client());
        var key = Path.Combine(store.OwnFolder, "private-key.pem");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));

        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var refused = Assert.Throws<CryptographicException>(store.LoadOwn);
        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
        Assert.Contains("chmod 600", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("private-key.pem")]
    [InlineData("certificate.der")]
    public void Half_a_pair_is_told_and_not_replaced(string missing)
    {
        var store = new CertificateStore(_folder);
        store.CreateOwn(TestCertificates.Client());
        File.Delete(Path.Combine(store.OwnFolder, missing));

        var refused = Assert.Throws<CryptographicException>(store.LoadOwn);

        Assert.Contains(missing, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_certificate_is_told()
    {
        var store = new CertificateStore(_folder);
        store.CreateOwn(TestCertificates.Client());
        File.WriteAllBytes(Path.Combine(store.OwnFolder, "certificate.der"), TestCertificates.Server().Der.ToArray());

        Assert.Contains("certificate.der", Assert.Throws<CryptographicException>(store.LoadOwn).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Strangers_cannot_fill_the_disk()
    {
        var store = new CertificateStore(_folder);
        for (var i = 0; i < CertificateStore.RejectedMax + 5; i++)
        {
            using var made = TestCertificates.Foreign(bits: 1024);
            using var stranger = PeerCertificate.Parse(made.RawData);
            Assert.True(File.Exists(store.Reject(stranger)));
        }

        Assert.Equal(CertificateStore.RejectedMax, Directory.GetFiles(store.RejectedFolder).Length);
    }

    [Fact]
    public void A_certificate_is_in_one_folder_whatever_its_files_are_called()
    {
        var store = new CertificateStore(_folder);
        using var plc = TestCertificates.Foreign();
        var stamp = store.TrustStamp();
        File.WriteAllBytes(Path.Combine(store.RejectedFolder, "pump.der"), plc.RawData);

        store.Trust(plc);
        Assert.Equal([plc.Thumbprint + ".der"], Directory.GetFiles(store.TrustedFolder).Select(Path.GetFileName));
        Assert.Empty(Directory.GetFiles(store.RejectedFolder));
        Assert.NotEqual(stamp, store.TrustStamp());

        File.WriteAllBytes(Path.Combine(store.IssuersFolder, "again.der"), plc.RawData);
        store.Distrust(plc);
        Assert.Empty(Directory.GetFiles(store.TrustedFolder));
        Assert.Empty(Directory.GetFiles(store.IssuersFolder));
        Assert.Equal([plc.Thumbprint + ".der"], Directory.GetFiles(store.RejectedFolder).Select(Path.GetFileName));
        Assert.Equal(stamp, store.TrustStamp());
    }

    [Theory, Trait("Field", "F-50")]
    [InlineData(0)]
    [InlineData(100)]
    public void A_damaged_own_certificate_is_stood_in_for_by_the_one_of_before_and_that_is_told(int kept)
    {
        var store = new CertificateStore(_folder);
        store.CreateOwn(TestCertificates.Client());
        var told = new List<string>();
        store.RenewOwn(TestCertificates.Now, TimeSpan.FromDays(1000)).Dispose();
        store.LoadOwn(told.Add)!.Dispose();
        Assert.Empty(told);
        var file = Path.Combine(store.OwnFolder, "certificate.der");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..kept]);

        using var loaded = store.LoadOwn(told.Add);

        Assert.Equal(TestCertificates.Client().Der.ToArray(), loaded!.Der.ToArray());
        var words = Assert.Single(told);
        Assert.Contains(file, words, StringComparison.Ordinal);
        Assert.Contains(loaded.Certificate.Thumbprint, words, StringComparison.Ordinal);

        using var renewed = store.RenewOwn(TestCertificates.Now, TimeSpan.FromDays(1000));
        using var again = store.LoadOwn(told.Add);
        Assert.Equal(renewed.Der.ToArray(), again!.Der.ToArray());
        Assert.Single(told);
    }

    // F-50: whatever knows the key or the URI goes on; whatever knows the bytes can be shown the old ones
    [Fact, Trait("Field", "F-50")]
    public void A_renewed_certificate_keeps_key_names_and_uses_and_the_old_one_stays_beside_it()
    {
        var store = new CertificateStore(_folder);
        var old = TestCertificates.Client();
        store.CreateOwn(old);
        var now = TestCertificates.Now.AddDays(300);

        using var renewed = store.RenewOwn(now, TimeSpan.FromDays(1000));

        using var loaded = store.LoadOwn();
        using var previous = store.LoadPrevious(now);
        Assert.Equal(renewed.Der.ToArray(), loaded!.Der.ToArray());
        Assert.Equal(old.Der.ToArray(), previous!.Der.ToArray());
        Assert.Equal(now.AddDays(1000), renewed.End);
        Assert.NotEqual(old.Certificate.SerialNumber, renewed.Certificate.SerialNumber);
        Assert.Equal(old.Certificate.GetPublicKey(), renewed.Certificate.GetPublicKey());
        Assert.Equal(old.Certificate.Extensions.Select(e => Convert.ToHexString(e.RawData)), renewed.Certificate.Extensions.Select(e => Convert.ToHexString(e.RawData)));
        Assert.Equal([], Directory.GetFiles(store.OwnFolder, "*.aside"));
        Assert.Null(store.LoadPrevious(now.AddDays(66)));
    }

    [Fact]
    public void What_an_authority_issued_only_the_authority_renews()
    {
        using var authority = TestCertificates.Foreign(subject: "CN=Plant CA", authority: true);
        var store = new CertificateStore(_folder);
        using var issued = new ApplicationCertificate(TestCertificates.Foreign(authority));
        store.CreateOwn(issued);

        var refused = Assert.Throws<CryptographicException>(() => store.RenewOwn(TestCertificates.Now, TimeSpan.FromDays(1)));

        Assert.Contains("CN=Plant CA", refused.Message, StringComparison.Ordinal);
        Assert.Equal(issued.Der.ToArray(), File.ReadAllBytes(Path.Combine(store.OwnFolder, "certificate.der")));
    }

    // OPC 10000-6 §6.2.2: what careful servers look for.
    [Fact]
    public void Our_certificate_has_the_fields_of_the_standard()
    {
        var own = TestCertificates.Client();
        var names = SubjectAlternativeName.Of(own.Certificate);
        Assert.Equal("urn:plant:client", own.ApplicationUri);
        Assert.Equal(["plc1"], names.DnsNames);
        Assert.Equal(["192.0.2.7"], names.Addresses.Select(a => a.ToString()));
        Assert.Equal(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment
            | X509KeyUsageFlags.DataEncipherment | X509KeyUsageFlags.KeyCertSign,
            own.Certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
        Assert.Equal(
            ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"],
            own.Certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(o => o.Value!).Order());
        Assert.Equal("1.2.840.113549.1.1.11", own.Certificate.SignatureAlgorithm.Value);
        Assert.Equal(own.Certificate.GetCertHash(HashAlgorithmName.SHA1), own.Thumbprint.ToArray());
        Assert.NotNull(own.Certificate.Extensions["2.5.29.14"]);
        Assert.NotNull(own.Certificate.Extensions["2.5.29.35"]);
    }
}
