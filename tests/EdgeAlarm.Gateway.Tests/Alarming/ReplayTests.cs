using CsCheck;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Tests.Alarming;

public class ReplayTests
{
    [Fact]
    public async Task Replay_of_any_recorded_run_gives_the_same_bytes() => await RandomRun.Steps.SampleAsync(
        async steps =>
        {
            await using var plant = PumpFixture.Started();
            await RandomRun.PlayAsync(plant, steps, withRestarts: true);
            var result = Replay.Run(plant.Folder);
            Assert.True(result.IsIdentical, result.FirstDifference?.ToString());
            Assert.True(result.Events >= 5);
            var seqs = plant.Recorded().Select(message => message.Seq).ToList();
            Assert.Equal(Enumerable.Range(1, seqs.Count).Select(seq => (long)seq), seqs);
        },
        iter: 40,
        threads: 1);

    [Fact]
    public async Task Snapshot_and_tail_give_the_state_of_the_full_fold() => await RandomRun.Steps.SampleAsync(
        async steps =>
        {
            await using var plant = PumpFixture.Started();
            await RandomRun.PlayAsync(plant, steps, withRestarts: true);
            await plant.Pump.DisposeAsync();
            var configurations = new ConfigurationStore(plant.Data);
            var reader = new JournalReader(plant.Data);
            var skipped = reader.ReadRecords().Select(record => record.Input).OfType<InputSkipped>().Select(skip => skip.Position).ToHashSet();
            var full = TailFold.Run(() => EngineFold.Fresh(configurations, configurations.Load(reader.Segments()[0].ConfigurationHash), new()), reader.ReadRecords(), skipped);
            foreach (var snapshot in new SnapshotStore(plant.Data).NewestFirst())
            {
                var tail = TailFold.Run(() => EngineFold.From(configurations, snapshot, KpiHistory.Of(plant.Data, snapshot, configurations)), reader.ReadRecords(snapshot.Position), skipped);
                var left = tail.Fold.Snapshot(0, default);
                var right = full.Fold.Snapshot(0, default);
                Assert.Equal(right.Engine.ToArray(), left.Engine.ToArray());
                Assert.Equal(right.Sources.ToArray(), left.Sources.ToArray());
                Assert.Equal(right.Kpis.ToArray(), left.Kpis.ToArray());

                // where a snapshot has no figures, the recorded events give the same ones
                var again = TailFold.Run(
                    () => EngineFold.From(configurations, snapshot, KpiHistory.Of(plant.Data, snapshot with { Kpis = default }, configurations)),
                    reader.ReadRecords(snapshot.Position),
                    skipped);
                Assert.Equal(right.Kpis.ToArray(), again.Fold.Snapshot(0, default).Kpis.ToArray());
            }
        },
        iter: 40,
        threads: 1);

    [Fact]
    [Trait("Field", "F-63")]
    public async Task Damage_in_the_middle_of_the_recording_is_named_and_never_called_identical()
    {
        await using var plant = PumpFixture.Started();
        for (var turn = 0; turn < 50; turn++)
        {
            plant.Pump.Inbox.RaiseSystemCondition("SYS_TEST", active: turn % 2 == 0, "something to record");
            plant.Turn(TimeSpan.FromSeconds(1));
        }

        await plant.Pump.DisposeAsync();
        var segment = Directory.GetFiles(plant.Data.Journal).Order(StringComparer.Ordinal).Last();
        var bytes = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, TestContext.Current.CancellationToken);

        var result = Replay.Run(plant.Folder);

        Assert.False(result.IsIdentical);
        Assert.Contains(segment, result.Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recorded_event_that_was_changed_is_found_and_both_texts_are_shown()
    {
        await using var plant = PumpFixture.Started();
        await plant.ConnectAsync();
        await plant.SendAsync(0, 95);
        plant.Turn(TimeSpan.FromSeconds(1));
        await plant.Pump.DisposeAsync();
        var seq = Forge(plant, "\"value\":95", "\"value\":94");

        var result = Replay.Run(plant.Folder);
        Assert.Equal(1, result.Differences);
        Assert.Equal(seq, result.FirstDifference!.Seq);
        Assert.Contains("\"value\":94", result.FirstDifference.Recorded, StringComparison.Ordinal);
        Assert.Contains("\"value\":95", result.FirstDifference.Derived, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_on_events_that_the_fold_does_not_give_tells_one_mismatch_and_repeats_nothing()
    {
        await using var plant = PumpFixture.Started();
        await plant.ConnectAsync();
        await plant.SendAsync(0, 95);
        plant.Turn(TimeSpan.FromSeconds(1));
        await plant.Pump.DisposeAsync();
        var before = plant.Recorded().Count;
        Forge(plant, "\"value\":95", "\"value\":94");
        plant.Open();
        plant.Turn(TimeSpan.FromSeconds(1));

        var events = plant.Recorded();
        Assert.Single(events, message => message.Kind == "ReplayMismatch");
        Assert.Single(events, message => message.Kind == "Activated");
        Assert.Equal("ReplayMismatch", events[before].Kind);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(each => (long)each), events.Select(message => message.Seq));
    }

    // rewrites one event with a valid CRC, as a later build that decides otherwise would look from outside
    private static long Forge(PumpFixture plant, string from, string to)
    {
        var path = Directory.GetFiles(plant.Data.Journal).Single();
        var bytes = File.ReadAllBytes(path);
        var stored = new JournalReader(plant.Data).ReadRecords()
            .Single(record => record.Type == RecordType.Event && System.Text.Encoding.UTF8.GetString(record.Event.Payload.Span).Contains("Activated", StringComparison.Ordinal));
        var text = System.Text.Encoding.UTF8.GetString(stored.Event.Payload.Span).Replace(from, to, StringComparison.Ordinal);
        var buffer = new JournalBuffer();
        var start = RecordFrame.Begin(buffer, RecordType.Event);
        buffer.Write(stored.Event.Epoch);
        buffer.Write(stored.Event.Seq);
        buffer.Write(System.Text.Encoding.UTF8.GetBytes(text));
        RecordFrame.End(buffer, start, stored.Position);
        buffer.Written.CopyTo(bytes.AsSpan((int)stored.Position + SegmentHeader.Length));
        File.WriteAllBytes(path, bytes);
        return stored.Event.Seq;
    }
}
