using System.Data.Common;
using CsCheck;
using EdgeAlarm.Historian.Storage;

namespace EdgeAlarm.Historian.Tests.Storage;

/// <summary>What every store owes (design rules R5 to R7). The same tests run against PostgreSQL and SQLite.</summary>
public abstract class EventStoreTests : IAsyncLifetime
{
    private IEventStore store = null!;
    private EventStoreReader reader = null!;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected IEventStore Store => store;

    protected EventStoreReader Reader => reader;

    public virtual async ValueTask InitializeAsync()
    {
        store = NewStore();
        Assert.True(await store.TryActivateAsync(Stop));
        reader = NewReader();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>By the hash a gateway sees whether the watermark is of its own events.</summary>
    [Fact]
    public async Task Watermark_comes_with_the_hash_of_its_event_and_says_whether_there_are_conflicts()
    {
        var first = Assert.Single((await store.StoreAsync([Plant.Event(1), Plant.Event(2)], Stop)).Progress);
        Assert.Equal((2, Convert.ToHexStringLower(Plant.Event(2).ContentHash), false), (first.Through, first.Hash, first.HasConflict));

        var second = Assert.Single((await store.StoreAsync([Plant.Event(2, text: "another"), Plant.Event(3)], Stop)).Progress);
        Assert.Equal((2, Convert.ToHexStringLower(Plant.Event(2).ContentHash), true), (second.Through, second.Hash, second.HasConflict));
        Assert.Equal(second, Assert.Single(await store.ProgressAsync(Stop)));
    }

    [Fact]
    public async Task Event_is_stored_once_with_its_columns_and_its_bytes()
    {
        var outcome = await store.StoreAsync([Plant.Event(1)], Stop);

        Assert.Equal((1, 0), (outcome.Inserted, outcome.Duplicates));
        Assert.Equal(new EpochProgress("plant1/gw1", Plant.EpochA, 1, 1), Assert.Single(outcome.Progress) with { Hash = "" });
        var row = Assert.Single(await reader.LatestAsync(10, Stop));
        Assert.Equal(("Activated", "LT101_HI", "high", "tanks", Plant.Start.AddSeconds(1)), (row.Kind, row.Alarm, row.Priority, row.Area, row.EventTime));
        Assert.Equal(new EventKey("plant1/gw1", Plant.EpochA, 1), row.Key);
        Assert.Contains("Level high", row.Payload, StringComparison.Ordinal);
        Assert.Equal("Unacknowledged", Assert.Single(await reader.CurrentAsync(Stop)).State);
    }

    [Fact]
    [Trait("Field", "F-55")]
    public async Task Resent_and_repeated_events_are_stored_once()
    {
        await store.StoreAsync(Plant.Events(1, 50), Stop);
        var outcome = await store.StoreAsync([.. Plant.Events(40, 60), .. Plant.Events(55, 60)], Stop);

        Assert.Equal((10, 17), (outcome.Inserted, outcome.Duplicates));
        Assert.Equal(60, Assert.Single(outcome.Progress).Through);
        Assert.Equal(60, (await reader.AllAsync(Stop)).Count);
        Assert.All(await reader.TransitionsAsync(Stop), transition => Assert.Equal(1, transition.Count));
    }

    [Fact]
    [Trait("Field", "F-58")]
    public async Task Hole_holds_the_watermark_until_it_is_filled()
    {
        Assert.Equal(0, Assert.Single((await store.StoreAsync(Plant.Events(2, 9), Stop)).Progress).Through);
        Assert.Equal(9, Assert.Single((await store.StoreAsync(Plant.Events(1, 1), Stop)).Progress).Through);
        Assert.Equal(9, Assert.Single(await reader.ProgressAsync(Stop)).Through);
    }

    [Fact]
    public async Task Watermark_runs_over_more_rows_than_one_page()
    {
        await store.StoreAsync(Plant.Events(2, 9000), Stop);
        Assert.Equal(9000, Assert.Single((await store.StoreAsync(Plant.Events(1, 1), Stop)).Progress).Through);
    }

    [Fact]
    public async Task Any_order_with_any_repetition_gives_the_same_table_and_the_longest_prefix()
    {
        var number = 0;
        await Gen.Select(Gen.Int[1, 12].Array[0, 30], Gen.Int[1, 6]).SampleAsync(async (seqs, batchLength) =>
        {
            // a gateway of its own for each sample: one database serves them all
            var gateway = new Wire.Topics("plant1", $"gen{Interlocked.Increment(ref number)}");
            foreach (var batch in seqs.Chunk(batchLength))
            {
                await store.StoreAsync([.. batch.Select(seq => Plant.Event(seq, gateway: gateway))], Stop);
            }

            var name = IncomingEvent.NameOf(gateway);
            var stored = (await reader.AllAsync(Stop)).Where(row => row.Key.Gateway == name).Select(row => (int)row.Key.Seq);
            Assert.Equal(seqs.Distinct().Order(), stored);
            var prefix = Enumerable.Range(1, 13).TakeWhile(seqs.Contains).Count();
            Assert.Equal(prefix, (await reader.ProgressAsync(Stop)).SingleOrDefault(row => row.Gateway == name)?.Through ?? 0);
            if (seqs.Length > 0)
            {
                Assert.Equal(Plant.Start.AddSeconds(seqs.Max()), (await reader.CurrentAsync(Stop)).Single(row => row.Gateway == name).EventTime);
            }
        }, iter: 60, threads: 1);
    }

    [Fact]
    public async Task Same_key_with_other_bytes_is_a_conflict_and_the_watermark_stops_before_it()
    {
        await store.StoreAsync([Plant.Event(1), Plant.Event(3)], Stop);
        var forged = await store.StoreAsync([Plant.Event(3, text: "another machine"), Plant.Event(2), Plant.Event(4)], Stop);

        Assert.Equal(3, Assert.Single(forged.Conflicts).Key.Seq);
        Assert.Equal(2, Assert.Single(forged.Progress).Through);
        Assert.Equal(4, (await reader.AllAsync(Stop)).Count);
        Assert.DoesNotContain("another machine", (await reader.AllAsync(Stop))[2].Payload, StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(await reader.ConflictsAsync(Stop)).Key.Seq);

        // told once, however often it comes; and nothing beyond is receipted
        var again = await store.StoreAsync([Plant.Event(3, text: "another machine"), Plant.Event(5)], Stop);
        Assert.Empty(again.Conflicts);
        Assert.Equal(2, Assert.Single(again.Progress).Through);
    }

    [Fact]
    public async Task Conflict_within_one_batch_is_seen()
    {
        var outcome = await store.StoreAsync([Plant.Event(1), Plant.Event(2), Plant.Event(2, text: "another machine")], Stop);
        Assert.Equal(2, Assert.Single(outcome.Conflicts).Key.Seq);
        Assert.Equal(1, Assert.Single(outcome.Progress).Through);
    }

    [Fact]
    public async Task Conflict_below_the_watermark_freezes_it()
    {
        await store.StoreAsync(Plant.Events(1, 5), Stop);
        var outcome = await store.StoreAsync([Plant.Event(2, text: "restored image"), Plant.Event(6)], Stop);
        Assert.Equal(5, Assert.Single(outcome.Progress).Through);
    }

    [Fact]
    public async Task Conflict_of_one_gateway_does_not_hold_another()
    {
        await store.StoreAsync([Plant.Event(1), Plant.Event(1, gateway: Plant.Gw2)], Stop);
        var outcome = await store.StoreAsync([Plant.Event(1, text: "other"), Plant.Event(2), Plant.Event(2, gateway: Plant.Gw2)], Stop);
        Assert.Equal([("plant1/gw1", 1L), ("plant1/gw2", 2L)], outcome.Progress.Select(row => (row.Gateway, row.Through)));
    }

    [Fact]
    public async Task Old_epoch_is_still_accepted_and_does_not_touch_the_present_states()
    {
        await store.StoreAsync(Plant.Events(1, 3), Stop);
        await store.DeclareEpochAsync("plant1/gw1", Plant.EpochB, Stop);
        await store.StoreAsync([Plant.Event(1, "EpochStarted", alarm: null, epoch: Plant.EpochB), Plant.Event(2, "Statement", "Acknowledged", epoch: Plant.EpochB)], Stop);
        var late = await store.StoreAsync([Plant.Event(4, "Returned", "Normal")], Stop);

        Assert.Equal(new EpochProgress("plant1/gw1", Plant.EpochA, 1, 4), Assert.Single(late.Progress) with { Hash = "" });
        Assert.Equal("Acknowledged", Assert.Single(await reader.CurrentAsync(Stop)).State);
    }

    [Fact]
    public async Task Standing_alarms_are_unknown_from_a_new_epoch_until_they_are_stated()
    {
        await store.StoreAsync([Plant.Event(1), Plant.Event(2, alarm: "FT101_LO"), Plant.Event(3, "Returned", "Normal", alarm: "TT101_HI")], Stop);
        await store.DeclareEpochAsync("plant1/gw1", Plant.EpochB, Stop);
        Assert.Equal(
            [("FT101_LO", CurrentAlarm.Unknown), ("LT101_HI", CurrentAlarm.Unknown), ("TT101_HI", "Normal")],
            (await reader.CurrentAsync(Stop)).Select(row => (row.Alarm, row.State)));

        await store.StoreAsync([Plant.Event(2, "Statement", "Unacknowledged", epoch: Plant.EpochB)], Stop);
        Assert.Equal([CurrentAlarm.Unknown, "Unacknowledged", "Normal"], (await reader.CurrentAsync(Stop)).Select(row => row.State));
    }

    [Fact]
    public async Task Gateway_that_names_an_older_epoch_as_its_own_gets_its_states_back()
    {
        // somebody restored an image of the gateway's disk: it goes on in the epoch of then
        await store.StoreAsync([Plant.Event(1, "EpochStarted", alarm: null, epoch: Plant.EpochB), Plant.Event(2, "Statement", "Acknowledged", epoch: Plant.EpochB)], Stop);
        await store.DeclareEpochAsync("plant1/gw1", Plant.EpochA, Stop);
        await store.StoreAsync([Plant.Event(1)], Stop);
        Assert.Equal("Unacknowledged", Assert.Single(await reader.CurrentAsync(Stop)).State);

        await store.DeclareEpochAsync("plant1/gw1", Plant.EpochB, Stop);
        Assert.Equal("Acknowledged", Assert.Single(await reader.CurrentAsync(Stop)).State);
        Assert.Equal(Plant.EpochB, (await reader.ProgressAsync(Stop))[^1].Epoch);
        await store.StoreAsync([Plant.Event(2, "Returned", "Normal")], Stop);
        Assert.Equal("Acknowledged", Assert.Single(await reader.CurrentAsync(Stop)).State);
    }

    /// <summary>
    /// A gateway that went through several epochs while the centre was away says first which one is the present one, and then sends the older ones first; live alarms of the present one may come with them.
    /// </summary>
    [Fact]
    public async Task Epochs_of_which_nothing_had_come_take_their_places_before_the_present_one()
    {
        await store.StoreAsync([Plant.Event(1)], Stop);
        await store.DeclareEpochAsync("plant1/gw1", Plant.EpochC, Stop);
        await store.StoreAsync([Plant.Event(2, "Activated", "Unacknowledged", epoch: Plant.EpochC), Plant.Event(9, "Returned", "Normal", epoch: Plant.EpochB)], Stop);

        Assert.Equal([Plant.EpochA, Plant.EpochB, Plant.EpochC], (await store.ProgressAsync(Stop)).Select(row => row.Epoch));
        Assert.Equal("Unacknowledged", Assert.Single(await reader.CurrentAsync(Stop)).State);
    }

    [Fact]
    public async Task Declared_epoch_of_which_nothing_came_has_watermark_zero()
    {
        await store.DeclareEpochAsync("plant1/gw1", Plant.EpochA, Stop);
        Assert.Equal(new EpochProgress("plant1/gw1", Plant.EpochA, 1, 0), Assert.Single(await store.ProgressAsync(Stop)));
    }

    [Fact]
    public async Task Range_that_never_came_is_recorded_and_the_watermark_goes_on()
    {
        await store.StoreAsync([.. Plant.Events(1, 2), .. Plant.Events(5, 5), .. Plant.Events(10, 12)], Stop);
        var progress = await store.RecordLossAsync("plant1/gw1", Plant.EpochA, 10, Stop);

        Assert.Equal(12, progress.Through);
        Assert.Equal([(3L, 4L), (6L, 9L)], (await reader.LossesAsync(Stop)).Select(loss => (loss.First, loss.Last)));
        Assert.Equal(progress, await store.RecordLossAsync("plant1/gw1", Plant.EpochA, 10, Stop));
        Assert.Equal(2, (await reader.LossesAsync(Stop)).Count);
    }

    [Fact]
    public async Task Loss_does_not_carry_the_watermark_over_a_conflict()
    {
        await store.StoreAsync([.. Plant.Events(1, 2), Plant.Event(5), Plant.Event(5, text: "other")], Stop);
        Assert.Equal(4, (await store.RecordLossAsync("plant1/gw1", Plant.EpochA, 10, Stop)).Through);
    }

    [Fact]
    public async Task Loss_marker_of_the_gateway_is_stored_and_told_as_loss()
    {
        await store.StoreAsync([Plant.Event(1), Plant.Event(2, IncomingEvent.LossKind, alarm: null), Plant.Event(3)], Stop);
        Assert.Equal((2, 2), Assert.Single(await reader.LossesAsync(Stop)) is var loss ? ((int)loss.First, (int)loss.Last) : default);
        Assert.Equal(3, Assert.Single(await reader.ProgressAsync(Stop)).Through);
    }

    [Fact]
    public async Task Resend_never_turns_a_present_state_back()
    {
        await store.StoreAsync([Plant.Event(2, "Returned", "Normal")], Stop);
        await store.StoreAsync([Plant.Event(1)], Stop);
        Assert.Equal("Normal", Assert.Single(await reader.CurrentAsync(Stop)).State);
    }

    [Fact]
    public async Task Rejected_payload_is_parked_once_and_its_key_keeps_the_sequence_dense()
    {
        var key = new EventKey("plant1/gw1", Plant.EpochA, 2);
        var rejected = new RejectedPayload("plant1/gw1", [1, 2, 3], Wire.ContentHash.Of([1, 2, 3]), "kind: is missing", key);
        await store.StoreAsync([Plant.Event(1), Plant.Event(3)], Stop);
        var outcome = await store.RejectAsync(rejected, Stop);
        await store.RejectAsync(rejected, Stop);
        await store.RejectAsync(rejected with { Payload = [9], ContentHash = Wire.ContentHash.Of([9]), Key = null }, Stop);

        Assert.Equal(3, Assert.Single(outcome!.Progress).Through);
        Assert.Empty(await reader.ConflictsAsync(Stop));
        Assert.Equal(2, (await reader.RejectedAsync(Stop)).Count);
        Assert.Contains(await reader.RejectedAsync(Stop), row => row.Key == key && row.Payload.SequenceEqual(new byte[] { 1, 2, 3 }) && row.Reason == "kind: is missing");
        Assert.Equal(IncomingEvent.RejectedKind, (await reader.AllAsync(Stop))[1].Kind);
    }

    [Fact]
    public async Task Second_historian_stands_by_and_takes_over_when_the_first_is_gone()
    {
        await store.StoreAsync(Plant.Events(1, 3), Stop);
        await using var standby = NewStore();
        Assert.False(await standby.TryActivateAsync(Stop));
        Assert.False(await standby.TryActivateAsync(Stop));

        await store.DisposeAsync();
        await UntilAsync(() => standby.TryActivateAsync(Stop));
        Assert.Equal(3, Assert.Single(await standby.ProgressAsync(Stop)).Through);
        Assert.Equal(4, Assert.Single((await standby.StoreAsync(Plant.Events(2, 4), Stop)).Progress).Through);
    }

    [Fact]
    public async Task Store_that_is_not_active_refuses_to_write()
    {
        await using var standby = NewStore();
        var fault = await Assert.ThrowsAsync<EventStoreException>(() => standby.StoreAsync(Plant.Events(1, 1), Stop));
        Assert.True(fault.IsTransient);
        Assert.Empty(await reader.AllAsync(Stop));
    }

    [Fact]
    public async Task Cancelled_batch_leaves_nothing_and_the_store_can_be_used_again()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.StoreAsync(Plant.Events(1, 3), cancelled.Token));
        Assert.Empty(await reader.AllAsync(Stop));

        await UntilAsync(() => store.TryActivateAsync(Stop));
        Assert.Equal(3, Assert.Single((await store.StoreAsync(Plant.Events(1, 3), Stop)).Progress).Through);
    }

    [Fact]
    public async Task Present_state_carries_the_level_that_stands()
    {
        await store.StoreAsync([Plant.Incoming(Plant.Message(1) with { Level = "Hi" }), Plant.Event(2, alarm: "FT101_LO")], Stop);
        await store.StoreAsync([Plant.Incoming(Plant.Message(3, "Worsened") with { Level = "HiHi" })], Stop);
        Assert.Equal([null, "HiHi"], (await reader.CurrentAsync(Stop)).Select(row => row.Level));
    }

    /// <summary>The same events count as in the gateway's own figures: what an operator was told.</summary>
    [Fact]
    public async Task Views_count_what_was_annunciated_and_nothing_else()
    {
        await store.StoreAsync(
            [
                Plant.Event(1),
                Plant.Event(2, "Returned", "ReturnedUnacknowledged"),
                Plant.Incoming(Plant.Message(3) with { Suppression = ["shelved"] }),
                Plant.Incoming(Plant.Message(4) with { Flags = ["activeAtStart"] }),
                Plant.Incoming(Plant.Message(5, "ReAlarmed") with { Flags = ["uncertain"] }),
                Plant.Incoming(Plant.Message(6) with { Priority = "journal" }),
                Plant.Event(7, "Worsened", alarm: "FT101_LO"),
                Plant.Event(8, IncomingEvent.LossKind, alarm: null),
                Plant.Event(601),
            ],
            Stop);

        Assert.Equal([1L, 5L, 7L, 601L], await ColumnAsync("SELECT seq FROM alarm_annunciated ORDER BY seq"));
        Assert.Equal([3L, 1L], await ColumnAsync("SELECT alarms FROM alarm_rate ORDER BY ten_minutes"));
        Assert.Equal([1L, 3L], await ColumnAsync("SELECT alarms FROM alarm_frequency ORDER BY alarm"));
        Assert.Equal([8L], await ColumnAsync("SELECT first_seq FROM alarm_missing"));
        Assert.Equal([2L], await ColumnAsync("SELECT count(*) FROM alarm_standing WHERE state = 'Unacknowledged'"));
    }

    [Fact]
    public async Task Events_can_be_asked_by_time()
    {
        await store.StoreAsync(Plant.Events(1, 9), Stop);
        var found = await reader.BetweenAsync(Plant.Start.AddSeconds(3), Plant.Start.AddSeconds(5), Stop);
        Assert.Equal([3L, 4L], found.Select(row => row.Key.Seq));
    }

    protected static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(20), "not within 20 s");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        }
    }

    protected abstract IEventStore NewStore();

    protected abstract EventStoreReader NewReader();

    /// <summary>Opens the database beside the store, as a SCADA system's reader does.</summary>
    protected abstract DbConnection NewConnection();

    private async Task<List<long>> ColumnAsync(string text)
    {
        await using var connection = NewConnection();
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await using var rows = await command.ExecuteReaderAsync(Stop);
        var column = new List<long>();
        while (await rows.ReadAsync(Stop))
        {
            column.Add(rows.GetInt64(0));
        }

        return column;
    }
}
