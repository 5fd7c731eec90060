using System.Buffers;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Tests.SecureConversation;

public class RenewalTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly byte[] Body = [1, 2, 3];

    // OPC 10000-4 §5.6.2.1: the server goes on with the old token until it has received a message under the new one.
    [Fact]
    public void The_server_goes_on_with_the_old_token_until_the_client_has_used_the_new_one()
    {
        using var pair = Opened();
        var before = ConversationPair.Seal(pair.Server, 1, Body);
        var old = TokenOf(before);
        ConversationPair.Receive(pair.Client, before);
        ConversationPair.Receive(pair.Server, pair.OpenRequest());
        var response = pair.OpenResponse(Lifetime);

        var between = ConversationPair.Seal(pair.Server, 2, Body);
        Assert.Equal(old, TokenOf(between));
        ConversationPair.Receive(pair.Client, response);
        var fromClient = ConversationPair.Seal(pair.Client, 3, Body);
        Assert.Equal(old + 1, TokenOf(fromClient));
        ConversationPair.Receive(pair.Server, fromClient);
        Assert.Equal(old + 1, TokenOf(ConversationPair.Seal(pair.Server, 4, Body)));
    }

    [Fact]
    public void Messages_under_way_during_a_renewal_arrive_in_both_directions()
    {
        using var pair = Opened();
        for (uint round = 0; round < 50; round++)
        {
            var early = ConversationPair.Seal(pair.Client, 1, Body);
            var request = pair.OpenRequest();
            var late = ConversationPair.Seal(pair.Client, 2, Body);
            Assert.Equal(3, ConversationPair.Receive(pair.Server, [.. early, .. request, .. late]).Count);

            var before = ConversationPair.Seal(pair.Server, 1, Body);
            var response = pair.OpenResponse(Lifetime);
            var after = ConversationPair.Seal(pair.Server, 2, Body);
            var stillOld = ConversationPair.Seal(pair.Client, 3, Body);
            Assert.Equal(3, ConversationPair.Receive(pair.Client, [.. before, .. response, .. after]).Count);
            Assert.Single(ConversationPair.Receive(pair.Server, stillOld));
            Assert.Equal(round + 2, pair.Client.TokenId);
        }

        // The numbers went on across all renewals.
        Assert.Equal((0, 0), (pair.Client.SequenceSkips, pair.Server.SequenceSkips));
    }

    [Fact]
    public void Renewal_is_due_at_three_quarters_of_the_lifetime()
    {
        using var pair = Opened();
        Assert.Equal(Lifetime * 0.75, pair.Client.RenewIn);

        pair.Time.Advance(Lifetime * 0.75);
        Assert.Equal(TimeSpan.Zero, pair.Client.RenewIn);

        pair.Renew(Lifetime);
        Assert.Equal(Lifetime * 0.75, pair.Client.RenewIn);
    }

    [Fact]
    public void An_expired_token_is_good_for_a_quarter_of_its_lifetime_more_and_not_longer()
    {
        using var pair = Opened();
        pair.Time.Advance(Lifetime * 1.2);
        var inGrace = ConversationPair.Seal(pair.Client, 1, Body);
        Assert.Single(ConversationPair.Receive(pair.Server, inGrace));

        var tooLate = ConversationPair.Seal(pair.Client, 2, Body);
        pair.Time.Advance(Lifetime * 0.06);

        Assert.True(pair.Client.IsExpired);
        var violation = Assert.Throws<SecurityViolation>(() => ConversationPair.Receive(pair.Server, tooLate));
        Assert.Equal(StatusCodes.BadSecureChannelTokenUnknown, violation.Status);
        Assert.Equal(
            StatusCodes.BadSecureChannelClosed, pair.Client.Seal(MessageType.Message, 3, Body, new ArrayBufferWriter<byte>()));
    }

    [Fact]
    public void The_server_leaves_an_expired_token_even_if_the_client_is_silent()
    {
        using var pair = Opened();
        pair.Time.Advance(Lifetime * 0.8);
        pair.Renew(Lifetime);
        pair.Time.Advance(Lifetime * 0.3);

        var wire = ConversationPair.Seal(pair.Server, 1, Body);

        Assert.Equal(2u, TokenOf(wire));
        Assert.Single(ConversationPair.Receive(pair.Client, wire));
    }

    [Fact]
    public void The_token_before_the_last_is_forgotten()
    {
        using var pair = Opened();
        var ancient = ConversationPair.Seal(pair.Client, 1, Body);
        ConversationPair.Receive(pair.Server, ancient);
        pair.Renew(Lifetime);
        pair.Renew(Lifetime);

        Assert.Throws<SecurityViolation>(() => ConversationPair.Receive(pair.Server, ancient));
    }

    [Fact]
    public void A_renewal_is_not_asked_for_twice_at_a_time()
    {
        using var pair = Opened();
        pair.OpenRequest();

        Assert.True(pair.Client.IsOpening);
        Assert.Equal(
            StatusCodes.BadInvalidState,
            pair.Client.SealOpenRequest(5, Lifetime, new RequestHeader(), new ArrayBufferWriter<byte>()));
    }

    [Fact]
    public void A_refused_renewal_leaves_the_old_token_in_force()
    {
        using var pair = Opened();
        ConversationPair.Receive(pair.Server, pair.OpenRequest());
        var wire = new ArrayBufferWriter<byte>();
        pair.Server.SealOpenResponse(
            ConversationPair.ChannelId, Lifetime, new ResponseHeader { ServiceResult = StatusCodes.BadTooManyOperations }, wire);

        Assert.Single(ConversationPair.Receive(pair.Client, wire.WrittenSpan.ToArray()));

        Assert.Equal(1u, pair.Client.TokenId);
        Assert.False(pair.Client.IsOpening);
    }

    private static ConversationPair Opened() =>
        new ConversationPair(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt).Opened(Lifetime);

    private static uint TokenOf(byte[] chunk) => BitConverter.ToUInt32(chunk, 12);
}
