using CsCheck;
using EdgeAlarm.Gateway.Uplink;

namespace EdgeAlarm.Gateway.Tests.Uplink;

public class SendCursorTests
{
    private const int UnconfirmedMax = 10;
    private static readonly Guid Epoch = Guid.Parse("0190a1b2-c3d4-7e5f-8a6b-0123456789ab");
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static SendCursor Cursor(long through = 0)
    {
        var cursor = new SendCursor(UnconfirmedMax, Second, 2 * Second, 60 * Second);
        cursor.Begin(TimeSpan.Zero, Epoch, through);
        return cursor;
    }

    [Fact]
    public void A_new_connection_waits_a_second_for_the_retained_receipt()
    {
        var cursor = Cursor(5);
        Assert.Equal(0, cursor.Room);
        cursor.Connected(10 * Second);
        Assert.Equal((SendPhase.AwaitingReceipt, 0L, 11 * Second), (cursor.Phase, cursor.Room, cursor.Deadline));
        Assert.False(cursor.Tick(11 * Second));
        Assert.Equal((SendPhase.Sending, 6L, (long)UnconfirmedMax), (cursor.Phase, cursor.Next, cursor.Room));
    }

    [Fact]
    public void The_retained_receipt_saves_sending_again_what_the_historian_has()
    {
        var cursor = Cursor(5);
        cursor.Connected(10 * Second);
        Assert.True(cursor.Receipted(10 * Second, 8));
        Assert.Equal((SendPhase.Sending, 9L), (cursor.Phase, cursor.Next));
    }

    /// <summary>A broker acknowledges what it then drops; only what the historian has not said bounds us.</summary>
    [Fact]
    [Trait("Field", "F-55")]
    public void No_more_than_the_limit_is_sent_beyond_the_receipt()
    {
        var cursor = Sending();
        cursor.Sent(20 * Second, 10);
        Assert.Equal(0, cursor.Room);
        cursor.Receipted(20 * Second, 3);
        Assert.Equal((3L, 11L), (cursor.Room, cursor.Next));
    }

    [Fact]
    [Trait("Field", "F-55")]
    public void Without_progress_everything_behind_the_receipt_is_sent_again_at_growing_intervals()
    {
        var cursor = Sending();
        var now = 20 * Second;
        cursor.Sent(now, 4);
        cursor.Receipted(now, 1);
        var waits = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            var deadline = cursor.Deadline!.Value;
            Assert.False(cursor.Tick(deadline - TimeSpan.FromTicks(1)));
            Assert.True(cursor.Tick(deadline));
            Assert.Equal(2, cursor.Next);
            waits.Add((deadline - now).TotalSeconds);
            now = deadline;
            cursor.Sent(now, 4);
        }

        Assert.Equal([2, 4, 8, 16, 32, 60, 60], waits);
        cursor.Receipted(now, 2);
        Assert.Equal(now + (2 * Second), cursor.Deadline);
    }

    [Fact]
    [Trait("Field", "F-57")]
    public void After_a_break_it_resumes_behind_the_receipt()
    {
        var cursor = Sending();
        cursor.Sent(20 * Second, 7);
        cursor.Receipted(20 * Second, 2);
        cursor.Disconnected(21 * Second);
        Assert.Equal((SendPhase.Disconnected, 0L, 3L), (cursor.Phase, cursor.Room, cursor.Next));
        Assert.Null(cursor.Deadline);
    }

    [Fact]
    public void A_hole_is_passed_only_when_all_before_it_is_receipted()
    {
        var cursor = Sending();
        cursor.Sent(20 * Second, 3);
        cursor.SkipTo(9);
        Assert.Equal(4, cursor.Next);
        cursor.Receipted(20 * Second, 3);
        cursor.SkipTo(9);
        Assert.Equal((9L, 8L, 0L), (cursor.Next, cursor.Through, cursor.Unconfirmed));
    }

    /// <summary>
    /// A simulated centre that loses messages and receipts at random. The model knows only which seqs arrived; it shares no code with the cursor. Nothing is skipped,
    /// the bound holds after every step, and once the faults end everything arrives.
    /// </summary>
    [Fact]
    [Trait("Field", "F-58")]
    public void Nothing_is_skipped_nothing_exceeds_the_bound_and_in_the_end_everything_arrives() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[1, 6]).Array[0, 120].Sample(Live, iter: 2000);

    private static void Live((int What, int Amount)[] steps)
    {
        var cursor = Cursor();
        var arrived = new HashSet<long>();
        var now = TimeSpan.Zero;
        var last = 0L;
        foreach (var (what, amount) in steps)
        {
            switch (what)
            {
                case 0 or 1:
                    last += amount;
                    break;
                case 2:
                    cursor.Connected(now);
                    break;
                case 3:
                    cursor.Disconnected(now);
                    break;
                case 4 or 5:
                    Send(cursor, arrived, now, Math.Min(last, cursor.Next + amount - 1), deliver: true);
                    break;
                case 6:
                    Send(cursor, arrived, now, Math.Min(last, cursor.Next + amount - 1), deliver: false);
                    break;
                case 7:
                    cursor.Receipted(now, Through(arrived));
                    break;
                case 8:
                    cursor.Receipted(now, Math.Max(0, Through(arrived) - amount)); // an old one, late
                    break;
                default:
                    now += amount * Second;
                    cursor.Tick(now);
                    break;
            }

            Assert.InRange(cursor.Unconfirmed, 0, UnconfirmedMax);
            Assert.True(cursor.Next >= cursor.Through + 1);
            Assert.True(cursor.Through <= Through(arrived), "It believes more than the centre has.");
        }

        cursor.Connected(now);
        for (var i = 0; Through(arrived) < last; i++)
        {
            Assert.True(i < 1000, $"Stuck at {cursor.Next} of {last}.");
            Send(cursor, arrived, now, last, deliver: true);
            cursor.Receipted(now, Through(arrived));
            now = cursor.Deadline is { } deadline && deadline > now ? deadline : now;
            cursor.Tick(now);
        }
    }

    private static void Send(SendCursor cursor, HashSet<long> arrived, TimeSpan now, long to, bool deliver)
    {
        while (cursor.Room > 0 && cursor.Next <= to)
        {
            var seq = cursor.Next;
            cursor.Sent(now, seq);
            Assert.Equal(seq + 1, cursor.Next);
            if (deliver)
            {
                arrived.Add(seq);
            }
        }
    }

    private static long Through(HashSet<long> arrived)
    {
        var through = 0L;
        while (arrived.Contains(through + 1))
        {
            through++;
        }

        return through;
    }

    private static SendCursor Sending()
    {
        var cursor = Cursor();
        cursor.Connected(TimeSpan.Zero);
        cursor.Tick(Second);
        return cursor;
    }
}
