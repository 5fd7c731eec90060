using System.Buffers;
using CsCheck;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Buffers;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.Tests.SecureConversation;

public class MessageTests
{
    private const int ChunkBytes = 8192;

    // Lengths at which padding, chunk count or both change.
    [Theory, MemberData(nameof(ConversationPair.Combinations), MemberType = typeof(ConversationPair))]
    public void Any_length_around_any_border_arrives_as_it_was_sent_in_both_directions(string policy, MessageSecurityMode mode)
    {
        using var pair = new ConversationPair(ConversationPair.Policy(policy), mode).Opened();
        var slice = new SymmetricChunk(ConversationPair.Policy(policy), mode, new LeasePool<byte>(1, 1 << 16)).BodyBytesMax(ChunkBytes);
        var lengths = Enumerable.Range(0, 40)
            .Concat(Enumerable.Range(slice - 20, 40))
            .Concat(Enumerable.Range((3 * slice) - 2, 5));
        uint requestId = 1;
        foreach (var length in lengths)
        {
            var body = Pattern(length);
            foreach (var (from, to) in new (ChannelConversation, ChannelConversation)[] { (pair.Client, pair.Server), (pair.Server, pair.Client) })
            {
                var wire = ConversationPair.Seal(from, ++requestId, body);
                var chunks = ConversationPair.Chunks(wire);
                Assert.Equal(Math.Max(1, (length + slice - 1) / slice), chunks.Count);
                Assert.All(chunks, c => Assert.InRange(c.Length, 1, ChunkBytes));
                var message = Assert.Single(ConversationPair.Receive(to, wire));
                Assert.Equal((MessageType.Message, requestId, StatusCodes.Good), (message.Type, message.RequestId, message.Status));
                Assert.Equal(body, message.Body.ToArray());
            }
        }

        Assert.Equal((0, 0), (pair.Client.SequenceSkips, pair.Server.SequenceSkips));
    }

    [Theory, MemberData(nameof(ConversationPair.Combinations), MemberType = typeof(ConversationPair))]
    public void Contents_can_be_read_on_the_wire_in_every_mode_but_SignAndEncrypt(string policy, MessageSecurityMode mode)
    {
        using var pair = new ConversationPair(ConversationPair.Policy(policy), mode).Opened();
        var body = Pattern(500);

        var isReadable = ConversationPair.Seal(pair.Client, 5, body).AsSpan().IndexOf(body.AsSpan(100, 100)) >= 0;

        Assert.Equal(mode != MessageSecurityMode.SignAndEncrypt, isReadable);
    }

    // OPC 10000-6 §6.7.2: a robust receiver keys reassembly by RequestId.
    [Fact]
    public void Chunks_of_different_messages_may_interleave()
    {
        using var pair = new ConversationPair(SecurityPolicy.None, MessageSecurityMode.None).Opened();
        var (a, b) = (Pattern(20_000), Pattern(30_000));
        var first = ConversationPair.Chunks(ConversationPair.Seal(pair.Server, 1, a));
        var second = ConversationPair.Chunks(ConversationPair.Seal(pair.Server, 2, b));
        var mixed = Interleave(first, second).ToList();
        for (var i = 0; i < mixed.Count; i++)
        {
            // Without security the numbers can be put into the order in which an interleaving server would have given them.
            BitConverter.TryWriteBytes(mixed[i].AsSpan(16), (uint)(100 + i));
        }

        var messages = mixed.SelectMany(c => ConversationPair.Receive(pair.Client, c)).ToDictionary(m => m.RequestId, m => m.Body.ToArray());

        Assert.Equal(a, messages[1]);
        Assert.Equal(b, messages[2]);
    }

    // OPC 10000-6 §6.7.3: only the request fails.
    [Fact]
    public void An_abort_fails_its_own_request_and_frees_what_was_collected()
    {
        // without security, where the rest of the message may be left out
        using var pair = new ConversationPair(SecurityPolicy.None, MessageSecurityMode.None).Opened();
        var chunks = ConversationPair.Chunks(ConversationPair.Seal(pair.Server, 9, Pattern(30_000)));
        Assert.Empty(chunks.Take(2).SelectMany(c => ConversationPair.Receive(pair.Client, c)));
        Assert.Equal(1, pair.Client.OpenMessages);

        var wire = new ArrayBufferWriter<byte>();
        pair.Server.SealAbort(9, StatusCodes.BadOutOfMemory, "too much at once", wire);
        var aborted = Assert.Single(ConversationPair.Receive(pair.Client, wire.WrittenSpan.ToArray()));

        Assert.Equal((9u, StatusCodes.BadOutOfMemory, "too much at once"), (aborted.RequestId, aborted.Status, aborted.Reason));
        Assert.True(aborted.Body.IsEmpty);
        Assert.Equal(0, pair.Client.OpenMessages);
        var next = Assert.Single(ConversationPair.Receive(pair.Client, ConversationPair.Seal(pair.Server, 10, Pattern(9))));
        Assert.Equal(Pattern(9), next.Body.ToArray());
    }

    [Fact]
    public void A_response_beyond_our_limit_fails_its_own_request_and_costs_no_memory()
    {
        var limits = new TransportLimits { ReceiveChunkBytes = 8192, SendChunkBytes = 8192, ReceiveMessageBytes = 50_000 };
        using var pair = new ConversationPair(SecurityPolicy.None, MessageSecurityMode.None, clientLimits: limits).Opened();
        var huge = ConversationPair.Seal(pair.Server, 3, Pattern(4_000_000));
        var chunks = ConversationPair.Chunks(huge);

        var before = GC.GetAllocatedBytesForCurrentThread();
        SecureMessage refused = default;
        var completed = chunks.Count(c => pair.Client.TryOpen(c, out refused));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(1, completed);
        Assert.Equal((3u, StatusCodes.BadResponseTooLarge), (refused.RequestId, refused.Status));
        Assert.InRange(allocated, 0, 300_000);
        Assert.Equal(Pattern(49_000), Assert.Single(ConversationPair.Receive(pair.Client, ConversationPair.Seal(pair.Server, 4, Pattern(49_000)))).Body.ToArray());
    }

    [Fact]
    public void A_message_beyond_the_chunk_limit_is_refused_however_small_its_chunks_are()
    {
        var limits = new TransportLimits { ReceiveChunkBytes = 8192, SendChunkBytes = 8192, ReceiveChunks = 3 };
        using var pair = new ConversationPair(SecurityPolicy.None, MessageSecurityMode.None, serverLimits: limits).Opened();

        var message = Assert.Single(ConversationPair.Receive(pair.Server, ConversationPair.Seal(pair.Client, 3, Pattern(40_000))));

        Assert.Equal(StatusCodes.BadRequestTooLarge, message.Status);
    }

    [Fact]
    public void A_peer_that_begins_messages_without_end_is_cut_off()
    {
        using var pair = new ConversationPair(SecurityPolicy.None, MessageSecurityMode.None).Opened();

        var violation = Assert.Throws<ProtocolViolation>(() =>
        {
            for (uint id = 1; id < 1000; id++)
            {
                ConversationPair.Receive(pair.Server, ConversationPair.Chunks(ConversationPair.Seal(pair.Client, id, Pattern(9000)))[0]);
            }
        });

        Assert.Equal(StatusCodes.BadTcpNotEnoughResources, violation.Status);
        Assert.InRange(pair.Server.OpenMessages, 1, 64);
    }

    [Fact]
    public void What_the_peer_would_refuse_is_not_sent()
    {
        var limits = new TransportLimits { ReceiveChunkBytes = 8192, SendChunkBytes = 8192, SendMessageBytes = 10_000, SendChunks = 5 };
        using var pair = new ConversationPair(SecurityPolicy.None, MessageSecurityMode.None, clientLimits: limits, serverLimits: limits).Opened();
        var wire = new ArrayBufferWriter<byte>();

        Assert.Equal(StatusCodes.BadRequestTooLarge, pair.Client.Seal(MessageType.Message, 1, Pattern(10_001), wire));
        Assert.Equal(StatusCodes.BadResponseTooLarge, pair.Server.Seal(MessageType.Message, 1, Pattern(10_001), wire));

        Assert.Equal(0, wire.WrittenCount);
        Assert.Single(ConversationPair.Receive(pair.Server, ConversationPair.Seal(pair.Client, 2, Pattern(10_000))));
        Assert.Equal(0, pair.Server.SequenceSkips);
    }

    // A gateway takes 100,000 values a second out of such chunks.
    [Theory, MemberData(nameof(ConversationPair.Combinations), MemberType = typeof(ConversationPair))]
    public void A_chunk_costs_next_to_no_allocation(string policy, MessageSecurityMode mode)
    {
        using var pair = new ConversationPair(ConversationPair.Policy(policy), mode).Opened();
        var body = Pattern(7000);
        var wire = new ArrayBufferWriter<byte>(1 << 16);
        void Turn()
        {
            wire.ResetWrittenCount();
            pair.Server.Seal(MessageType.Message, 1, body, wire);
            Assert.True(pair.Client.TryOpen(wire.WrittenSpan, out _));
        }

        Turn();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Turn();
        }

        // Two empty arrays of .NET's cipher where there is one, nothing else.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 49_000);
    }

    [Fact]
    public void Any_mixture_of_lengths_and_renewals_arrives_in_order() =>
        Gen.Select(Gen.Int[0, 20_000], Gen.Bool, Gen.Int[0, 9]).Array[1, 12].Sample(
            steps =>
            {
                using var pair = new ConversationPair(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt).Opened();
                uint requestId = 0;
                foreach (var (length, fromClient, chance) in steps)
                {
                    if (chance == 0)
                    {
                        pair.Renew();
                    }

                    ChannelConversation from = fromClient ? pair.Client : pair.Server;
                    ChannelConversation to = fromClient ? pair.Server : pair.Client;
                    var message = Assert.Single(ConversationPair.Receive(to, ConversationPair.Seal(from, ++requestId, Pattern(length))));
                    Assert.Equal(requestId, message.RequestId);
                    Assert.Equal(Pattern(length), message.Body.ToArray());
                }
            },
            iter: 30);

    private static byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)((i * 31) ^ (i >> 8));
        }

        return bytes;
    }

    private static IEnumerable<byte[]> Interleave(List<byte[]> a, List<byte[]> b)
    {
        for (var i = 0; i < Math.Max(a.Count, b.Count); i++)
        {
            foreach (var list in new[] { a, b })
            {
                if (i < list.Count)
                {
                    yield return list[i];
                }
            }
        }
    }
}
