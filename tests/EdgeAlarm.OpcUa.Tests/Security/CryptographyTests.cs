using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Tests.Security;

public class CryptographyTests
{
    private static readonly byte[] Nonce = Enumerable.Range(1, 32).Select(i => (byte)i).ToArray();

    // The test vector for P_SHA256 published on the TLS working group's mailing list: secret, label "test label" before the seed.
    [Fact]
    public void P_SHA256_gives_the_published_vector()
    {
        var secret = Convert.FromHexString("9bbe436ba940f017b17652849a71db35");
        byte[] seed = [.. "test label"u8, .. Convert.FromHexString("a0ba9f936cda311827a6f796ffd5198c")];
        var output = new byte[100];

        KeyDerivation.PSha256(secret, seed, output);

        Assert.Equal(
            "E3F229BA727BE17B8D122620557CD453C2AAB21D07C3D495329B52D4E61EDB5A6B301791E90D35C9C9A46B4E14BAF9AF0FA022F7077DEF17ABFD3797C0564BAB"
            + "4FBC91666E9DEF9B97FCE34F796789BAA48082D122EE42C5A72E5A5110FFF70187347B66",
            Convert.ToHexString(output));
    }

    // Layout of OPC 10000-4 §7.41.2.2, taken apart here with bare RSA: UInt32 length of password and nonce, password, nonce.
    [Fact]
    public void Encrypted_password_has_the_layout_of_the_standard()
    {
        using var server = TestCertificates.Peer(TestCertificates.Server());
        var secret = PasswordSecret.Encrypt(SecurityPolicy.Basic256Sha256, server, "grün", Nonce);

        using var key = TestCertificates.Server().Certificate.GetRSAPrivateKey()!;
        var plain = key.Decrypt(secret, RSAEncryptionPadding.OaepSHA1);
        Assert.Equal([37, 0, 0, 0, (byte)'g', (byte)'r', 0xC3, 0xBC, (byte)'n', .. Nonce], plain.Take(41));
    }

    [Theory]
    [InlineData("Basic256Sha256", 2048, 0)]
    [InlineData("Basic256Sha256", 2048, 178)]
    [InlineData("Basic256Sha256", 2048, 179)]
    [InlineData("Basic256Sha256", 2048, 1000)]
    [InlineData("Aes128_Sha256_RsaOaep", 3072, 400)]
    [InlineData("Basic256Sha256", 4096, 500)]
    [InlineData("Aes256_Sha256_RsaPss", 2048, 154)]
    [InlineData("Aes256_Sha256_RsaPss", 2048, 155)]
    [InlineData("Aes256_Sha256_RsaPss", 4096, 700)]
    public void Passwords_of_any_length_come_back_and_belong_to_their_nonce(string name, int bits, int length)
    {
        var own = TestCertificates.Server(bits);
        using var server = TestCertificates.Peer(own);
        Assert.True(SecurityPolicy.TryFind("http://opcfoundation.org/UA/SecurityPolicy#" + name, out var policy));
        var password = new string('p', length);
        var secret = PasswordSecret.Encrypt(policy, server, password, Nonce);

        Assert.True(PasswordSecret.TryDecrypt(policy, own, policy.AsymmetricEncryptionUri, secret, Nonce, out var found));
        Assert.Equal(password, found);
        Assert.False(PasswordSecret.TryDecrypt(policy, own, policy.AsymmetricEncryptionUri, secret, new byte[32], out _), "another session's nonce");
        Assert.False(PasswordSecret.TryDecrypt(policy, own, "http://example.org/rot13", secret, Nonce, out _), "another algorithm");
        Assert.False(PasswordSecret.TryDecrypt(policy, own, policy.AsymmetricEncryptionUri, secret.AsSpan(1), Nonce, out _), "cut");
        secret[^1] ^= 1;
        Assert.False(PasswordSecret.TryDecrypt(policy, own, policy.AsymmetricEncryptionUri, secret, Nonce, out _), "changed");
    }

    [Theory]
    [InlineData("Basic256Sha256", 2048, 2048)]
    [InlineData("Basic256Sha256", 2048, 4096)]
    [InlineData("Aes128_Sha256_RsaOaep", 3072, 2048)]
    [InlineData("Aes256_Sha256_RsaPss", 2048, 3072)]
    public void Session_signature_covers_the_leaf_and_the_nonce(string name, int clientBits, int serverBits)
    {
        Assert.True(SecurityPolicy.TryFind("http://opcfoundation.org/UA/SecurityPolicy#" + name, out var policy));
        var (client, server) = (TestCertificates.Client(clientBits), TestCertificates.Server(serverBits));
        using var clientAsPeer = TestCertificates.Peer(client);
        using var serverAsPeer = TestCertificates.Peer(server);

        var signature = SessionSignature.Sign(policy, server, clientAsPeer, Nonce);

        // Bare RSA over certificate and nonce, as OPC 10000-4 §5.7.2 says.
        using var bare = server.Certificate.GetRSAPrivateKey()!;
        byte[] signed = [.. client.Der.Span, .. Nonce];
        var padding = name == "Aes256_Sha256_RsaPss" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        Assert.True(bare.VerifyData(signed, signature.Signature!, HashAlgorithmName.SHA256, padding));
        Assert.True(SessionSignature.Verify(policy, serverAsPeer, client, Nonce, signature));
        Assert.False(SessionSignature.Verify(policy, serverAsPeer, client, new byte[32], signature), "an older nonce");
        Assert.False(SessionSignature.Verify(policy, clientAsPeer, client, Nonce, signature), "another key");
        Assert.False(SessionSignature.Verify(policy, serverAsPeer, client, Nonce, signature with { Algorithm = "none" }), "another algorithm");
        Assert.False(SessionSignature.Verify(policy, serverAsPeer, client, Nonce, new SignatureData()), "no signature");
        signature.Signature![7] ^= 1;
        Assert.False(SessionSignature.Verify(policy, serverAsPeer, client, Nonce, signature), "a changed signature");
    }

    [Fact]
    public void Nonces_of_a_peer_that_has_no_random_numbers_are_refused()
    {
        var nonces = new NonceExchange();
        var own = nonces.CreateOwn();
        Assert.Equal(32, own.Length);
        Assert.NotEqual(own, nonces.CreateOwn());

        foreach (var bad in new byte[]?[] { null, new byte[31], new byte[129], new byte[32], nonces.Own })
        {
            var violation = Assert.Throws<SecurityViolation>(() => nonces.AcceptForSession(bad));
            Assert.Equal(StatusCodes.BadNonceInvalid, violation.Status);
        }

        nonces.AcceptForSession(Nonce);
        Assert.Equal(Nonce, nonces.Peer);
        nonces.AcceptForSession(RandomNumberGenerator.GetBytes(128));
        Assert.Throws<SecurityViolation>(() => nonces.AcceptForSession([.. Nonce]));
    }
}
