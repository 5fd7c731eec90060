using System.Buffers.Binary;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Tests.SecureConversation;

namespace EdgeAlarm.OpcUa.Tests.Fuzzing;

/// <summary>
/// A man in the middle of an open channel: he damages, repeats, reorders, removes and reflects chunks, renames tokens and begins messages that never end. A receiver throws a
/// violation or goes on; what it delivers from a signed channel is what was sent, at most once and in order; and it never holds more than its limits.
/// </summary>
public sealed class ConversationFuzzTests
{
    private const int MessageBytesMax = 64 * 1024;
    private static readonly TransportLimits Limits = new() { ReceiveChunkBytes = 8192, SendChunkBytes = 8192, ReceiveMessageBytes = MessageBytesMax, ReceiveChunks = 16 };

    [Theory, MemberData(nameof(ConversationPair.Combinations), MemberType = typeof(ConversationPair))]
    public void Whatever_a_man_in_the_middle_does_nothing_wrong_is_delivered_and_nothing_else_is_thrown(string policy, MessageSecurityMode mode)
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            Play(policy, mode, seed);
        }
    }

    // sixty-four begun messages of 16 MiB each would be a gigabyte
    [Fact]
    public void A_flood_of_messages_that_never_end_holds_no_more_memory_than_two_messages()
    {
        using var pair = new ConversationPair(
            SecurityPolicy.None, MessageSecurityMode.None, clientLimits: Limits with { ReceiveMessageBytes = 1 << 20, ReceiveChunks = 4096 }, serverLimits: Limits with { SendMessageBytes = 0 }).Opened();
        var body = new byte[900_000];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (uint id = 1; id <= 60; id++)
        {
            foreach (var chunk in ConversationPair.Chunks(ConversationPair.Seal(pair.Server, id, body)).SkipLast(1))
            {
                Assert.False(pair.Client.TryOpen(chunk, out _));
            }
        }

        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(60, pair.Client.OpenMessages);
        Assert.InRange(held, 0, 5 << 20); // buffers grow by doubling

        // the channel lives on, and the rest of the flood is refused by its number
        Assert.Equal(StatusCodes.Good, ConversationPair.Receive(pair.Client, ConversationPair.Seal(pair.Server, 999, new byte[10])).Single().Status);
        var flood = ConversationPair.Chunks(ConversationPair.Seal(pair.Server, 1000, new byte[20_000])).First();
        Assert.False(pair.Client.TryOpen(flood, out _));
        GC.KeepAlive(pair);
    }

    private static void Play(string policy, MessageSecurityMode mode, int seed)
    {
        var random = new Random(seed);
        using var pair = new ConversationPair(ConversationPair.Policy(policy), mode, clientLimits: Limits, serverLimits: Limits).Opened();
        var sent = new Dictionary<uint, byte[]>();
        var wire = new List<byte[]>();
        var seen = new List<byte[]>();
        uint lastDelivered = 0;
        for (uint id = 1; id <= 30; id++)
        {
            if (random.Next(8) == 0 && !TryRenew(pair))
            {
                return; // a chunk was removed before it
            }

            sent[id] = new byte[random.Next(3) == 0 ? random.Next(8000, 30_000) : random.Next(1, 300)];
            random.NextBytes(sent[id]);
            wire.AddRange(ConversationPair.Chunks(ConversationPair.Seal(pair.Server, id, sent[id])));
            Meddle(wire, seen, pair, mode, random);
            foreach (var chunk in wire)
            {
                seen.Add(chunk);
                if (!TryTake(pair.Client, chunk, out var message, seed))
                {
                    return; // the channel has ended, as it should
                }

                if (message is { Status.IsGood: true, Type: MessageType.Message } && mode != MessageSecurityMode.None)
                {
                    Assert.True(message.RequestId > lastDelivered, $"seed {seed}: {message.RequestId} came after {lastDelivered}");
                    Assert.True(sent[message.RequestId].AsSpan().SequenceEqual(message.Body.Span), $"seed {seed}: message {message.RequestId} was delivered changed");
                    lastDelivered = message.RequestId;
                }
            }

            wire.Clear();
        }
    }

    private static void Meddle(List<byte[]> wire, List<byte[]> seen, ConversationPair pair, MessageSecurityMode mode, Random random)
    {
        var at = random.Next(wire.Count);
        switch (random.Next(12))
        {
            case 0:
                wire[at] = Damage.To(wire[at], random);
                break;
            case 1 when seen.Count > 0:
                wire.Insert(at, seen[random.Next(seen.Count)]);
                break;
            case 2:
                wire.Reverse();
                break;
            case 3:
                wire.RemoveAt(at);
                break;
            case 4:
                // what the client itself sent comes back to it
                var own = ConversationPair.Seal(pair.Client, 7, new byte[20]);
                ConversationPair.Receive(pair.Server, own);
                wire.Insert(at, own);
                break;
            case 5:
                wire[at] = [.. wire[at]];
                BinaryPrimitives.WriteUInt32LittleEndian(wire[at].AsSpan(12), (uint)random.Next(0, 4)); // the token
                break;
            case 6 when mode != MessageSecurityMode.SignAndEncrypt:
                wire[at] = [.. wire[at]];
                wire[at][3] = (byte)"CFA"[random.Next(3)]; // intermediate, final, abort
                break;
            case 7:
                pair.Time.Advance(TimeSpan.FromSeconds(random.Next(1, 40)));
                break;
            default:
                break;
        }
    }

    private static bool TryRenew(ConversationPair pair)
    {
        try
        {
            pair.Renew();
            return true;
        }
        catch (SecurityViolation)
        {
            return false;
        }
    }

    private static bool TryTake(ClientConversation client, byte[] chunk, out SecureMessage message, int seed)
    {
        message = default;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            client.TryOpen(chunk, out message);
            return true;
        }
        catch (Exception violation) when (violation is ProtocolViolation or SecurityViolation)
        {
            // who guesses gets one guess: whatever comes now is refused, too
            Assert.Throws<SecurityViolation>(() => client.TryOpen(chunk, out _));
            return false;
        }
        catch (Exception other)
        {
            Assert.Fail($"seed {seed}: {other}\n{Convert.ToHexString(chunk)}");
            return false;
        }
        finally
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < (4 * MessageBytesMax) + (100L * chunk.Length), $"seed {seed}: {allocated} bytes allocated for a chunk of {chunk.Length}");
        }
    }
}
