using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.Tests.SecureConversation;

/// <summary>Who owns the memory of a message: the conversation until the next chunk, or whoever keeps it.</summary>
public sealed class KeptMessageTests
{
    [Theory, MemberData(nameof(ConversationPair.Combinations), MemberType = typeof(ConversationPair))]
    public void A_kept_message_stays_as_it_was_while_others_come_and_until_it_is_given_back(string policy, MessageSecurityMode mode)
    {
        using var pair = new ConversationPair(ConversationPair.Policy(policy), mode).Opened();
        var lengths = new[] { 10, 30_000, 300, 60_000, 20 }; // some of one chunk, some of several
        var kept = lengths.Select((length, i) => Keep(pair, (uint)i + 1, Body(length))).ToArray();
        foreach (var (message, i) in kept.Select((message, i) => (message, i)))
        {
            Assert.Equal(Body(lengths[i]), message.Body.ToArray());
        }

        kept[1].Lease.Dispose();
        _ = Keep(pair, 9, new byte[30_000]);
        Assert.NotEqual(Body(lengths[1]), kept[1].Body.ToArray());
        Assert.Equal(Body(lengths[3]), kept[3].Body.ToArray());
    }

    [Fact]
    public void A_message_that_is_not_kept_is_overwritten_by_the_next()
    {
        using var pair = new ConversationPair(SecurityPolicy.None, MessageSecurityMode.None).Opened();
        var first = Open(pair, 1, Body(100)).Body;
        Assert.Equal(Body(100), first.ToArray());
        Open(pair, 2, new byte[100]);
        Assert.NotEqual(Body(100), first.ToArray());
    }

    [Fact]
    public void A_message_is_kept_once()
    {
        using var pair = new ConversationPair(SecurityPolicy.None, MessageSecurityMode.None).Opened();
        Keep(pair, 1, Body(100));
        Assert.Throws<InvalidOperationException>(pair.Client.Keep);
    }

    private static byte[] Body(int length) => [.. Enumerable.Range(length, length).Select(i => (byte)i)];

    private static (ReadOnlyMemory<byte> Body, IDisposable Lease) Keep(ConversationPair pair, uint requestId, byte[] body) =>
        (Open(pair, requestId, body).Body, pair.Client.Keep());

    private static SecureMessage Open(ConversationPair pair, uint requestId, byte[] body)
    {
        SecureMessage message = default;
        Assert.Equal(1, ConversationPair.Chunks(ConversationPair.Seal(pair.Server, requestId, body)).Count(chunk => pair.Client.TryOpen(chunk, out message)));
        return message;
    }
}
