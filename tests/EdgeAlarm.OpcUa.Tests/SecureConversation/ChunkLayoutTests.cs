using EdgeAlarm.OpcUa.Buffers;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Tests.Security;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAlarm.OpcUa.Tests.SecureConversation;

public class ChunkLayoutTests
{
    private static readonly byte[] ClientNonce = [.. Enumerable.Range(0x01, 32).Select(i => (byte)i)];
    private static readonly byte[] ServerNonce = [.. Enumerable.Range(0x81, 32).Select(i => (byte)i)];

    // Keys from these nonces, HMAC by Python's hmac and AES by the openssl command, never by this code.
    private const string Signed =
        "434C4F46 3C000000 44332211" // CLO F, 60 bytes, SecureChannelId 0x11223344
        + "07000000"                 // TokenId 7
        + "33000000 01000000"        // SequenceNumber 51, RequestId 1
        + "0100C401"                 // i=452, CloseSecureChannelRequest
        + "EB89B6EA722522D6A812DD0B2866F843B0111EF7F50853F23CAE0164627D2E31"; // HMAC-SHA-256 over all before

    private const string SignedAndEncrypted =
        "434C4F46 40000000 44332211" // CLO F, 64 bytes
        + "07000000"
        // SequenceNumber, RequestId, i=452, PaddingSize 3, three times 03, HMAC: 48 bytes of AES-256-CBC
        + "6BBE7B7766CD281A00444C3729BD00320FF9AB55FD21E19BB1F5F15A7B66AC375187F896ECEDF2B583550E7BFA511ED1";

    // The same with AES-128-CBC, whose key is cut from the same P_SHA256 stream and moves the initialisation vector forward by 16 bytes.
    private const string SignedAndEncryptedBy128 =
        "434C4F46 40000000 44332211 07000000"
        + "84E9B1E249DD6927B9DCEA4B6EA4A240E2D60E7DA0A0393154143F954ABD53C8EC22E397C95CAB56E0CF03DC88C57074";

    [Theory]
    [InlineData("Basic256Sha256", MessageSecurityMode.Sign, Signed)]
    [InlineData("Basic256Sha256", MessageSecurityMode.SignAndEncrypt, SignedAndEncrypted)]
    [InlineData("Aes256_Sha256_RsaPss", MessageSecurityMode.SignAndEncrypt, SignedAndEncrypted)]
    [InlineData("Aes128_Sha256_RsaOaep", MessageSecurityMode.Sign, Signed)]
    [InlineData("Aes128_Sha256_RsaOaep", MessageSecurityMode.SignAndEncrypt, SignedAndEncryptedBy128)]
    public void A_chunk_has_the_bytes_that_other_software_computes_in_both_directions(string name, MessageSecurityMode mode, string golden)
    {
        var bytes = Convert.FromHexString(golden.Replace(" ", "", StringComparison.Ordinal));
        var policy = ConversationPair.Policy(name);

        // Client to server: secret is the server's nonce, seed the client's. OPC 10000-6 §6.7.5.
        using var sender = new ChannelToken(
            7, TimeSpan.FromHours(1), new FakeTimeProvider(), ChannelKeys.Derive(policy, ServerNonce, ClientNonce), remote: null);
        using var receiver = new ChannelToken(
            7, TimeSpan.FromHours(1), new FakeTimeProvider(), local: null, ChannelKeys.Derive(policy, ServerNonce, ClientNonce));
        var chunk = new SymmetricChunk(policy, mode, new LeasePool<byte>(1, 1 << 16));
        byte[] body = [0x01, 0x00, 0xC4, 0x01];

        var made = chunk.Seal(new MessageHeader(MessageType.Close, ChunkFlag.Final, 0), 0x11223344, sender, 51, 1, body);
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(made));

        Assert.Equal(body, chunk.Open(bytes, receiver, out var sequenceNumber, out var requestId).ToArray());
        Assert.Equal((51u, 1u), (sequenceNumber, requestId));
    }

    // Encryption goes by the receiver's key, the signature by the sender's; above 2048 bits there is an ExtraPaddingSize byte.
    [Theory, MemberData(nameof(KeyLengths))]
    public void Keys_of_different_lengths_open_a_channel(string policy, int clientBits, int serverBits)
    {
        using var pair = new ConversationPair(ConversationPair.Policy(policy), MessageSecurityMode.SignAndEncrypt, clientBits, serverBits).Opened();
        pair.Renew();

        Assert.Equal(2u, pair.Client.TokenId);
        var message = Assert.Single(ConversationPair.Receive(pair.Server, ConversationPair.Seal(pair.Client, 1, [1, 2, 3])));
        Assert.Equal([1, 2, 3], message.Body.ToArray());
    }

    // Every padding length of a long key's block, beyond 255 too, where the extra byte counts.
    [Theory]
    [InlineData("Basic256Sha256", 2048)]
    [InlineData("Basic256Sha256", 4096)]
    [InlineData("Aes128_Sha256_RsaOaep", 3072)]
    [InlineData("Aes256_Sha256_RsaPss", 2048)]
    [InlineData("Aes256_Sha256_RsaPss", 3072)]
    public void Every_padding_of_an_OpenSecureChannel_chunk_is_taken_off_again(string name, int bits)
    {
        var policy = ConversationPair.Policy(name);
        var (sender, receiver) = (TestCertificates.Client(), TestCertificates.Server(bits));
        using var receiverAsPeer = TestCertificates.Peer(receiver);
        using var senderAsPeer = TestCertificates.Peer(sender);
        for (var length = 0; length < receiverAsPeer.PlainBlockBytes(policy); length += 7)
        {
            var body = new byte[length];
            body.AsSpan().Fill(0x5A);

            var chunk = AsymmetricChunk.Seal(policy, sender, receiverAsPeer, 5, 6, 7, body);

            Assert.Equal(chunk.Length, MessageHeader.Read(chunk, chunk.Length).Size);
            var header = AsymmetricChunk.ReadHeader(chunk);
            Assert.Equal((5u, policy.Uri), (header.ChannelId, header.PolicyUri));
            Assert.Equal(body, AsymmetricChunk.Open(chunk, header.Length, policy, receiver, senderAsPeer, out var number, out var id).ToArray());
            Assert.Equal((6u, 7u), (number, id));
        }
    }

    // OPC 10000-6 §6.7.2.4 for the RSA policies: no wrap before 4,294,966,271 is exceeded, then below 1024, once per token.
    [Fact]
    public void Sequence_numbers_wrap_once_and_only_near_their_end()
    {
        var numbers = new SequenceNumbers(uint.MaxValue - 1);
        Assert.Equal([uint.MaxValue, 1, 2], new[] { numbers.Next(), numbers.Next(), numbers.Next() });

        numbers.Receive(uint.MaxValue - 5, isSigned: true);
        numbers.Receive(1, isSigned: true);
        numbers.Receive(2, isSigned: true);
        Assert.Equal(0, numbers.Skips);
        Assert.Throws<SecurityViolation>(() => numbers.Receive(2, isSigned: true));

        var early = new SequenceNumbers();
        early.Receive(uint.MaxValue - 2000, isSigned: true);
        Assert.Throws<SecurityViolation>(() => early.Receive(1, isSigned: true));
    }

    public static IEnumerable<TheoryDataRow<string, int, int>> KeyLengths()
    {
        int[] lengths = [2048, 3072, 4096];
        return from policy in SecurityPolicy.All
               where policy.IsSecured
               from client in lengths
               from server in lengths
               select new TheoryDataRow<string, int, int>(policy.Name, client, server);
    }
}
