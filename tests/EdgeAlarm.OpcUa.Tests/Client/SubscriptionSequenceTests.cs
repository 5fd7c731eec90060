using CsCheck;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.OpcUa.Tests.Client;

public class SubscriptionSequenceTests
{
    [Fact]
    public void Messages_in_order_are_delivered_at_once()
    {
        var sequence = new SubscriptionSequence<string>(1, 10);
        Assert.Equal(SequenceVerdict.Deliver, sequence.Offer(1, "a"));
        Assert.Equal(SequenceVerdict.Deliver, sequence.Offer(2, "b"));
        Assert.Equal(3u, sequence.Expected);
        Assert.False(sequence.HasHole);
    }

    // OPC 10000-4 §7.26: wraps from 4,294,967,295 to 1
    [Fact]
    public void The_number_after_the_largest_is_one()
    {
        var sequence = new SubscriptionSequence<string>(uint.MaxValue, 10);
        Assert.Equal(SequenceVerdict.Deliver, sequence.Offer(uint.MaxValue, "last"));
        Assert.Equal(1u, sequence.Expected);
        Assert.Equal(SequenceVerdict.Known, sequence.Offer(uint.MaxValue, "again"));
        Assert.Equal(SequenceVerdict.Deliver, sequence.Offer(1, "first"));
    }

    [Fact]
    public void A_keep_alive_names_the_next_number_and_does_not_consume_it()
    {
        var sequence = new SubscriptionSequence<string>(5, 10);
        sequence.OfferKeepAlive(5);
        sequence.OfferKeepAlive(5);
        Assert.False(sequence.HasHole);
        Assert.Equal(SequenceVerdict.Deliver, sequence.Offer(5, "data"));
    }

    [Fact]
    public void A_keep_alive_that_is_ahead_tells_of_messages_that_did_not_come()
    {
        var sequence = new SubscriptionSequence<string>(5, 10);
        sequence.OfferKeepAlive(8);
        Assert.True(sequence.HasHole);
        Assert.Equal(3u, sequence.Missing);
    }

    // F-19: callbacks overtook each other, or everything froze behind the first missing message
    [Fact]
    [Trait("Field", "F-19")]
    public void A_message_that_overtook_another_is_held_until_that_one_came()
    {
        var sequence = new SubscriptionSequence<string>(1, 10);
        Assert.Equal(SequenceVerdict.Held, sequence.Offer(2, "b"));
        Assert.Equal(SequenceVerdict.Known, sequence.Offer(2, "b"));
        Assert.False(sequence.TryTakeNext(out _, out _));
        Assert.Equal(SequenceVerdict.Deliver, sequence.Offer(1, "a"));
        Assert.True(sequence.TryTakeNext(out var number, out var message));
        Assert.Equal((2u, "b"), (number, message));
        Assert.False(sequence.HasHole);
    }

    [Fact]
    public void What_cannot_be_had_is_given_up_one_by_one()
    {
        var sequence = new SubscriptionSequence<string>(1, 2);
        sequence.Offer(4, "d");
        sequence.Offer(5, "e");
        Assert.True(sequence.IsOverdue);
        Assert.Equal(3u, sequence.Missing);
        sequence.GiveUpExpected();
        Assert.Equal(SequenceVerdict.Deliver, sequence.Offer(2, "b"));
        sequence.GiveUpExpected();
        Assert.True(sequence.TryTakeNext(out _, out var d) && d == "d");
        Assert.True(sequence.TryTakeNext(out _, out var e) && e == "e");
        Assert.Throws<InvalidOperationException>(sequence.GiveUpExpected);
    }

    [Fact]
    public void Giving_up_all_goes_on_at_the_first_held_message()
    {
        var sequence = new SubscriptionSequence<string>(uint.MaxValue - 1, 2);
        sequence.Offer(2_000_000, "far");
        sequence.GiveUpMissing();
        Assert.True(sequence.TryTakeNext(out var number, out _));
        Assert.Equal(2_000_000u, number);
    }

    // whatever the order of arrival within the window, with repeats and across the wrap: each message once, in order
    [Fact]
    public void Any_permutation_with_repeats_is_delivered_once_and_in_order()
    {
        Gen.Select(Gen.UInt[uint.MaxValue - 20, uint.MaxValue], Gen.Int[1, 12].SelectMany(count => Gen.Shuffle(Enumerable.Range(0, count).ToArray())))
            .Sample((start, order) =>
            {
                var first = start == 0 ? 1 : start;
                var sequence = new SubscriptionSequence<int>(first, 100);
                var delivered = new List<int>();
                foreach (var index in order.Concat(order))
                {
                    var number = first;
                    for (var i = 0; i < index; i++)
                    {
                        number = number == uint.MaxValue ? 1 : number + 1;
                    }
                    if (sequence.Offer(number, index) is SequenceVerdict.Deliver)
                    {
                        delivered.Add(index);
                        while (sequence.TryTakeNext(out _, out var held))
                        {
                            delivered.Add(held);
                        }
                    }
                }
                Assert.Equal(Enumerable.Range(0, order.Length), delivered);
                Assert.False(sequence.HasHole);
            });
    }

    // a server spends a number on telling the old session, and that message is to be had nowhere
    [Fact]
    public void One_number_may_be_missing_right_after_a_transfer()
    {
        var sequence = new SubscriptionSequence<string>(4, 3);
        sequence.Transferred();
        Assert.Equal(SequenceVerdict.Deliver, sequence.Offer(5, "five"));
        Assert.False(sequence.HasHole);
        Assert.True(sequence.TakeSkipped());
        Assert.False(sequence.TakeSkipped());
        Assert.Equal(SequenceVerdict.Held, sequence.Offer(7, "seven"));
        Assert.Equal(1u, sequence.Missing);
    }

    [Fact]
    public void One_number_may_be_missing_in_a_keep_alive_right_after_a_transfer()
    {
        var sequence = new SubscriptionSequence<string>(uint.MaxValue, 3);
        sequence.Transferred();
        sequence.OfferKeepAlive(1);
        Assert.False(sequence.HasHole);
        Assert.Equal(1u, sequence.Expected);
    }

    [Fact]
    public void Two_missing_numbers_are_a_loss_also_right_after_a_transfer()
    {
        var sequence = new SubscriptionSequence<string>(4, 3);
        sequence.Transferred();
        Assert.Equal(SequenceVerdict.Held, sequence.Offer(6, "six"));
        Assert.Equal(2u, sequence.Missing);
    }

    [Fact]
    public void Where_the_next_message_came_in_its_turn_a_later_gap_is_a_loss()
    {
        var sequence = new SubscriptionSequence<string>(4, 3);
        sequence.Transferred();
        Assert.Equal(SequenceVerdict.Deliver, sequence.Offer(4, "four"));
        Assert.Equal(SequenceVerdict.Held, sequence.Offer(6, "six"));
    }

    [Fact]
    public void What_a_server_says_it_has_sent_and_did_not_come_is_missing()
    {
        var sequence = new SubscriptionSequence<string>(4, 3);
        Assert.True(sequence.IsDelivered(3));
        Assert.False(sequence.IsDelivered(4));
        sequence.Sent(3);
        Assert.False(sequence.HasHole);
        sequence.Sent(5);
        Assert.Equal(2u, sequence.Missing);
    }
}
