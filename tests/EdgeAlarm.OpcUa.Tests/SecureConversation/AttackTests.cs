using System.Buffers;
using System.Buffers.Binary;
using CsCheck;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.OpcUa.Tests.Security;

namespace EdgeAlarm.OpcUa.Tests.SecureConversation;

public class AttackTests
{
    private static readonly byte[] Body = Enumerable.Range(0, 300).Select(i => (byte)i).ToArray();

    [Theory]
    [InlineData(MessageSecurityMode.Sign)]
    [InlineData(MessageSecurityMode.SignAndEncrypt)]
    public void Any_changed_byte_of_a_secured_chunk_ends_the_channel(MessageSecurityMode mode)
    {
        using var template = Secured(mode);
        var length = ConversationPair.Seal(template.Client, 1, Body).Length;
        for (var position = 0; position < length; position += position < 32 || position > length - 64 ? 1 : 17)
        {
            using var pair = Secured(mode);
            var chunk = ConversationPair.Seal(pair.Client, 1, Body);
            chunk[position] ^= 0x41;

            Assert.True(IsViolation(pair.Server, chunk), $"byte {position}");

            // Who guesses gets one guess: the right chunk comes too late.
            chunk[position] ^= 0x41;
            Assert.True(IsViolation(pair.Server, chunk), $"byte {position}, second try");
            Assert.Equal(
                StatusCodes.BadSecureChannelClosed, pair.Server.Seal(MessageType.Message, 1, Body, new ArrayBufferWriter<byte>()));
        }
    }

    [Theory]
    [InlineData("Basic256Sha256")]
    [InlineData("Aes128_Sha256_RsaOaep")]
    [InlineData("Aes256_Sha256_RsaPss")]
    public void Any_changed_byte_of_an_OpenSecureChannel_request_or_response_ends_the_channel(string name)
    {
        var policy = ConversationPair.Policy(name);
        using var template = new ConversationPair(policy, MessageSecurityMode.Sign);
        var length = template.OpenRequest().Length;
        for (var position = 0; position < length; position += 13)
        {
            using var asked = new ConversationPair(policy, MessageSecurityMode.Sign);
            var request = asked.OpenRequest();
            request[position] ^= 0x10;
            Assert.True(IsViolation(asked.Server, request), $"request byte {position}");
            Assert.Null(asked.Server.Requested);

            using var answered = new ConversationPair(policy, MessageSecurityMode.Sign);
            ConversationPair.Receive(answered.Server, answered.OpenRequest());
            var response = answered.OpenResponse();
            response[Math.Min(position, response.Length - 1)] ^= 0x10;
            Assert.True(IsViolation(answered.Client, response), $"response byte {position}");
            Assert.Equal(0u, answered.Client.ChannelId);
        }
    }

    // Only the two exceptions, whatever the bytes: with security None nothing protects the content, so it may also arrive changed.
    [Theory, MemberData(nameof(ConversationPair.Combinations), MemberType = typeof(ConversationPair))]
    public void Any_bytes_end_in_a_violation_or_a_message_and_in_nothing_else(string policy, MessageSecurityMode mode) =>
        Gen.Select(Gen.Int[0, 2000], Gen.Byte, Gen.Int[0, 2]).Array[1, 5].Sample(
            edits =>
            {
                using var pair = new ConversationPair(ConversationPair.Policy(policy), mode);
                var open = pair.OpenRequest();
                foreach (var (position, value, kind) in edits)
                {
                    Edit(ref open, position, value, kind);
                }

                IsViolation(pair.Server, open);

                using var opened = new ConversationPair(ConversationPair.Policy(policy), mode).Opened();
                var chunk = ConversationPair.Seal(opened.Server, 3, Body);
                foreach (var (position, value, kind) in edits)
                {
                    Edit(ref chunk, position, value, kind);
                }

                IsViolation(opened.Client, chunk);
            },
            iter: 100);

    [Theory, MemberData(nameof(ConversationPair.Combinations), MemberType = typeof(ConversationPair))]
    public void A_replayed_chunk_is_refused_by_its_number(string policy, MessageSecurityMode mode)
    {
        using var pair = new ConversationPair(ConversationPair.Policy(policy), mode).Opened();
        var chunk = ConversationPair.Seal(pair.Server, 1, Body);
        ConversationPair.Receive(pair.Client, chunk);

        var violation = Assert.Throws<SecurityViolation>(() => ConversationPair.Receive(pair.Client, chunk));

        Assert.Equal(StatusCodes.BadSequenceNumberInvalid, violation.Status);
    }

    // A chunk that somebody took out of a signed stream shows only in the numbers: without it, the rest of a message would be delivered as the whole.
    [Theory]
    [InlineData(MessageSecurityMode.Sign)]
    [InlineData(MessageSecurityMode.SignAndEncrypt)]
    public void A_removed_chunk_ends_a_signed_channel(MessageSecurityMode mode)
    {
        foreach (var removed in (int[])[0, 1])
        {
            using var pair = Secured(mode);
            var chunks = ConversationPair.Chunks(ConversationPair.Seal(pair.Server, 1, new byte[20_000]));
            Assert.Equal(3, chunks.Count);
            chunks.RemoveAt(removed);

            var violation = Assert.Throws<SecurityViolation>(() => ConversationPair.Receive(pair.Client, [.. chunks.SelectMany(chunk => chunk)]));

            Assert.Equal(StatusCodes.BadSequenceNumberInvalid, violation.Status);
        }
    }

    // servers are in use that skip
    [Fact]
    public void A_skipped_number_is_counted_where_nothing_is_signed()
    {
        using var pair = new ConversationPair(SecurityPolicy.None, MessageSecurityMode.None).Opened();
        ConversationPair.Seal(pair.Server, 1, Body);

        Assert.Single(ConversationPair.Receive(pair.Client, ConversationPair.Seal(pair.Server, 2, Body)));

        Assert.Equal(1, pair.Client.SequenceSkips);
    }

    [Theory]
    [InlineData(MessageSecurityMode.Sign)]
    [InlineData(MessageSecurityMode.SignAndEncrypt)]
    public void A_chunk_under_another_token_than_it_names_is_refused(MessageSecurityMode mode)
    {
        using var pair = Secured(mode);
        var old = ConversationPair.Seal(pair.Client, 1, Body);
        ConversationPair.Receive(pair.Server, old);
        pair.Renew();
        BinaryPrimitives.WriteUInt32LittleEndian(old.AsSpan(12), pair.Client.TokenId);

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, Violation(pair.Server, old).Status);
    }

    [Fact]
    public void A_chunk_of_another_channel_or_with_an_unknown_token_is_refused()
    {
        using var pair = Secured(MessageSecurityMode.Sign);
        using var other = Secured(MessageSecurityMode.Sign);
        using var third = Secured(MessageSecurityMode.Sign);
        Assert.Equal(StatusCodes.BadSecurityChecksFailed, Violation(pair.Server, ConversationPair.Seal(other.Client, 1, Body)).Status);

        var unknown = ConversationPair.Seal(third.Client, 1, Body);
        BinaryPrimitives.WriteUInt32LittleEndian(unknown.AsSpan(12), 99);
        Assert.Equal(StatusCodes.BadSecureChannelTokenUnknown, Violation(third.Server, unknown).Status);

        var foreign = ConversationPair.Seal(other.Client, 2, Body);
        BinaryPrimitives.WriteUInt32LittleEndian(foreign.AsSpan(8), 78);
        Assert.Equal(StatusCodes.BadSecureChannelIdInvalid, Violation(other.Server, foreign).Status);
    }

    // An echo: what the client sent comes back to it as if it were the server's.
    [Fact]
    public void A_reflected_chunk_is_refused()
    {
        using var pair = Secured(MessageSecurityMode.SignAndEncrypt);

        Assert.Equal(StatusCodes.BadSecurityChecksFailed, Violation(pair.Client, ConversationPair.Seal(pair.Client, 1, Body)).Status);
    }

    [Fact]
    public void Every_failure_of_cryptography_looks_the_same()
    {
        using var tag = Secured(MessageSecurityMode.SignAndEncrypt);
        using var padding = Secured(MessageSecurityMode.SignAndEncrypt);
        using var size = Secured(MessageSecurityMode.SignAndEncrypt);
        var first = ConversationPair.Seal(tag.Client, 1, Body);
        first[20] ^= 1;
        var second = ConversationPair.Seal(padding.Client, 1, Body);
        second[^1] ^= 1;
        var third = ConversationPair.Seal(size.Client, 1, Body)[..^1];
        new MessageHeader(MessageType.Message, ChunkFlag.Final, third.Length).Write(third);

        var violations = new[] { Violation(tag.Server, first), Violation(padding.Server, second), Violation(size.Server, third) };

        Assert.Single(violations.Select(v => (v.Status, v.Message)).Distinct());
    }

    [Fact]
    public void A_server_refuses_a_stranger_before_it_uses_its_key_and_says_nothing_to_the_stranger()
    {
        using var stranger = ApplicationCertificate.Create("urn:x", "x", [], TestCertificates.Now, TimeSpan.FromDays(1));
        using var serverCertificate = TestCertificates.Peer(TestCertificates.Server());
        using var pair = Secured(MessageSecurityMode.Sign);
        using var server = new ServerConversation(
            new ServerConversationOptions { Endpoints = [(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign)], Own = TestCertificates.Server() },
            new TransportLimits(),
            pair.Time);
        using var client = new ClientConversation(
            SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, stranger, serverCertificate, new TransportLimits(), pair.Time);
        var wire = new ArrayBufferWriter<byte>();
        client.SealOpenRequest(1, TimeSpan.FromHours(1), new RequestHeader(), wire);

        var violation = Violation(server, wire.WrittenSpan.ToArray());

        Assert.Equal(StatusCodes.BadCertificateUntrusted, violation.Status);
        Assert.Equal(StatusCodes.BadSecurityChecksFailed, violation.StatusForPeer);
    }

    [Fact]
    public void A_server_accepts_only_the_policies_and_modes_that_it_offers()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var serverCertificate = TestCertificates.Peer(TestCertificates.Server());
        foreach (var (policy, mode, status) in new[]
        {
            (SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, StatusCodes.BadSecurityModeRejected),
            (SecurityPolicy.None, MessageSecurityMode.None, StatusCodes.BadSecurityPolicyRejected),
        })
        {
            using var fresh = new ServerConversation(
                new ServerConversationOptions
                {
                    Endpoints = [(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt)],
                    Own = TestCertificates.Server(),
                    Validate = (_, _) => CertificateVerdict.Accepted,
                },
                new TransportLimits(),
                time);
            using var client = new ClientConversation(policy, mode, TestCertificates.Client(), serverCertificate, new TransportLimits(), time);
            var wire = new ArrayBufferWriter<byte>();
            client.SealOpenRequest(1, TimeSpan.FromHours(1), new RequestHeader(), wire);

            Assert.Equal(status, Violation(fresh, wire.WrittenSpan.ToArray()).Status);
        }
    }

    private static ConversationPair Secured(MessageSecurityMode mode) => new ConversationPair(SecurityPolicy.Basic256Sha256, mode).Opened();

    private static SecurityViolation Violation(ChannelConversation receiver, byte[] chunk) =>
        Assert.Throws<SecurityViolation>(() => receiver.TryOpen(chunk, out _));

    private static bool IsViolation(ChannelConversation receiver, byte[] chunk)
    {
        try
        {
            receiver.TryOpen(chunk, out _);
            return false;
        }
        catch (Exception e) when (e is SecurityViolation or ProtocolViolation)
        {
            return true;
        }
    }

    private static void Edit(ref byte[] bytes, int position, byte value, int kind)
    {
        position %= Math.Max(bytes.Length, 1);
        if (kind == 0)
        {
            bytes = bytes[..position];
        }
        else if (bytes.Length > 0)
        {
            bytes[position] = value;
        }

        if (kind != 2 && bytes.Length >= 8)
        {
            // A size that fits, so that the edit reaches the code behind the first check.
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length);
        }
    }
}
