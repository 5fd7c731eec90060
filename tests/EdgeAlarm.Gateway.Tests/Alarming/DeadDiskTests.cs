using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.TestServers.Disk;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Tests.Alarming;

/// <summary>A disk that fails, is full or hangs while the gateway runs: alarms go on and say that they are not recorded (rule R9).</summary>
public class DeadDiskTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly List<(DiskStep Step, string Path)> _steps = [];
    private Func<DiskStep, string, Exception?> _fault = static (_, _) => null;

    [Theory]
    [Trait("Field", "F-54")]
    [InlineData(DiskStep.Flush, "Input/output error")]
    [InlineData(DiskStep.Write, "No space left on device")]
    public async Task Alarms_go_on_while_the_disk_is_dead_under_an_epoch_that_says_so(object dies, string error)
    {
        await using var plant = await RunningAsync();
        var (recorded, told) = (plant.Pump.State, plant.Delivered.Count);
        _fault = (step, _) => step.Equals(dies) ? new IOException(error) : null;
        await plant.SendAsync(0, 95);
        plant.Turn(Second);
        // its flush failed: nobody has seen anything of it
        Assert.Equal(told, plant.Delivered.Count);

        plant.Turn(Second);
        var messages = Told(plant, told);
        Assert.Equal("EpochStarted", messages[0].Kind);
        Assert.Contains(error, messages[0].Reason, StringComparison.Ordinal);
        Assert.Contains($"{recorded.Epoch}, known up to seq {recorded.LastSeq}", messages[0].Reason, StringComparison.Ordinal);
        Assert.All(messages, message => Assert.Contains("unrecorded", message.Flags));
        Assert.Equal(Enumerable.Range(1, messages.Count).Select(seq => (long)seq), messages.Select(message => message.Seq));
        var activated = Assert.Single(messages, message => message is { Kind: "Activated", Alarm: "LT101_HI" });
        Assert.Equal($"{messages[0].Epoch}:{activated.Seq}", activated.Occurrence);
        Assert.Equal(activated.Occurrence, Assert.Single(messages, message => message is { Kind: "Statement", Alarm: "LT101_HI" }).Occurrence);
        Assert.Single(plant.Pump.State.Conditions, condition => condition.Name == GatewayConditions.Unrecorded);

        // an operator sees no difference, and the outbox can read again what it missed
        var answer = plant.Pump.Inbox.AcknowledgeAsync("LT101_HI", plant.Pump.State.Alarms[0].State.Occurrence, "operator1", "", CancellationToken.None);
        plant.Turn(Second);
        Assert.Equal(CommandOutcome.Accepted, await answer);
        Assert.Equal(plant.Delivered.Skip(told).Select(stored => stored.Payload.ToArray()), plant.Pump.Reader.ReadEvents(messages[0].Epoch, 1).Select(stored => stored.Payload.ToArray()));
    }

    [Fact]
    [Trait("Field", "F-54")]
    public async Task Disk_that_works_again_takes_a_new_segment_a_new_epoch_and_everything_that_was_told_without_it()
    {
        await using var plant = await RunningAsync();
        var old = Directory.GetFiles(plant.Data.Journal).Single();
        _fault = static (step, _) => step == DiskStep.Flush ? new IOException("Input/output error") : null;
        await plant.SendAsync(0, 95);
        plant.Turn(Second);
        _steps.Clear();
        plant.Turn(Second);
        await plant.SendAsync(1, 95);
        plant.Turn(Second);
        plant.Turn(TimeSpan.FromSeconds(6));
        var without = plant.Pump.State.Epoch;
        _fault = static (_, _) => null;
        Until(plant, () => plant.Pump.State.Conditions.IsEmpty);

        Assert.DoesNotContain((DiskStep.Write, old), _steps.TakeWhile(each => each.Step != DiskStep.Create || !each.Path.EndsWith(".journal", StringComparison.Ordinal)));
        await plant.RestartAsync(Second);
        plant.Turn();
        var started = plant.Pump.Reader.ReadRecords(plant.Pump.Reader.ChainBegin()).Select(record => record.Input).OfType<EpochStarted>().Single();
        Assert.Equal(without, started.Previous);
        Assert.Equal(started.Epoch, plant.Pump.State.Epoch);
        var told = plant.Delivered.Where(stored => stored.Epoch == without).ToList();
        Assert.Equal(told.Count, started.LastKnownSeq);
        Assert.Equal(told.Select(stored => stored.Payload.ToArray()), plant.Pump.Reader.ReadEvents(without, 1).Select(stored => stored.Payload.ToArray()));
        Assert.All(plant.Pump.State.Alarms, alarm => Assert.Equal(LifecycleState.Unacknowledged, alarm.State.Lifecycle));
        Assert.DoesNotContain(plant.Pump.Reader.ReadEvents(started.Epoch, 1), stored => EventJson.Parse(stored.Payload.Span).Flags.Contains("unrecorded"));
        Assert.True(Replay.Run(plant.Folder).IsIdentical);
    }

    [Fact]
    public async Task Flush_that_takes_more_than_five_seconds_counts_as_failed_even_if_it_ends_later()
    {
        using var hangs = new ManualResetEventSlim();
        using var arrived = new ManualResetEventSlim();
        await using var plant = await RunningAsync();
        var before = plant.Pump.State;
        _fault = (step, _) =>
        {
            if (step == DiskStep.Write)
            {
                arrived.Set();
                hangs.Wait();
            }

            return null;
        };
        await plant.SendAsync(0, 95);
        plant.Pump.TurnOnce(plant.Pump.Clock.Now);
        Assert.True(arrived.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        plant.Time.Advance(Journal.FlushMax);
        plant.Pump.TurnOnce(plant.Pump.Clock.Now);
        Assert.Equal(before.Epoch, Told(plant, 0)[^1].Epoch);
        plant.Time.Advance(Second);
        plant.Pump.TurnOnce(plant.Pump.Clock.Now);
        plant.Pump.FlushAndDeliver();

        var activated = Assert.Single(Told(plant, 0), message => message is { Kind: "Activated", Alarm: "LT101_HI" });
        Assert.NotEqual(before.Epoch, activated.Epoch);
        hangs.Set();
        _fault = static (_, _) => null;
        Until(plant, () => plant.Pump.State.Conditions.IsEmpty);
        // what the late flush brought to the disk was told under another key
        Assert.Equal(before.LastSeq, plant.Pump.Reader.ReadEvents(before.Epoch, 1).Last().Seq);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Power_that_goes_while_the_disk_is_dead_costs_what_was_flagged_and_no_key_is_given_twice(bool takesTheMark)
    {
        var disk = new SimulatedDisk { Fault = Fault };
        await using var plant = await RunningAsync(disk);
        var before = plant.Pump.State;
        _fault = (step, path) => step == DiskStep.Flush && !(takesTheMark && path.Contains("unrecorded", StringComparison.Ordinal)) ? new IOException("Input/output error") : null;
        await plant.SendAsync(0, 95);
        plant.Turn(Second);
        plant.Turn(Second);
        Assert.Equal(takesTheMark, SpinWait.SpinUntil(() => File.Exists(Path.Combine(plant.Data.Journal, "unrecorded")), TimeSpan.FromSeconds(takesTheMark ? 30 : 0.1)));
        await plant.Pump.DisposeAsync();
        disk.CutAndRestore();
        _fault = static (_, _) => null;
        plant.Open();
        plant.Turn(Second);
        await plant.ConnectAsync();
        await plant.SendAsync(0, 96);
        plant.Turn(Second);

        Assert.Equal(takesTheMark, plant.Pump.State.Epoch != before.Epoch);
        var told = plant.Delivered.GroupBy(stored => (stored.Epoch, stored.Seq));
        Assert.All(told, each => Assert.Single(each));
        Assert.Contains(Told(plant, 0), message => message is { Kind: "Activated", Alarm: "LT101_HI" } && !message.Flags.Contains("unrecorded"));
        Assert.True(Replay.Run(plant.Folder).IsIdentical);
        // the next start owes nothing
        var epoch = plant.Pump.State.Epoch;
        await plant.RestartAsync(Second);
        plant.Turn(Second);
        Assert.Equal(epoch, plant.Pump.State.Epoch);
        Assert.All(plant.Delivered.GroupBy(stored => (stored.Epoch, stored.Seq)), each => Assert.Single(each));
    }

    [Fact]
    public async Task Poison_is_left_out_while_the_disk_is_dead_and_everything_else_goes_on()
    {
        await using var plant = await RunningAsync();
        _fault = static (step, _) => step == DiskStep.Flush ? new IOException("Input/output error") : null;
        await plant.SendAsync(0, 50);
        plant.Turn(Second);
        plant.Turn(Second);
        await plant.SendAsync(plant.SampleOf(0, 95), plant.SampleOf(77, 1));
        plant.Turn(Second);
        plant.Turn(Second);

        var messages = Told(plant, 0);
        Assert.Single(messages, message => message.Kind == "Skipped");
        var activated = Assert.Single(messages, message => message is { Kind: "Activated", Alarm: "LT101_HI" });
        Assert.Contains("unrecorded", activated.Flags);
        Assert.All(plant.Delivered.GroupBy(stored => (stored.Epoch, stored.Seq)), each => Assert.Single(each));
    }

    [Fact]
    public async Task Poison_in_the_very_turn_in_which_the_disk_dies_is_left_out_and_the_pump_goes_on()
    {
        await using var plant = await RunningAsync();
        await plant.SendAsync(1, 95);
        plant.Turn(Second);
        _fault = static (step, _) => step == DiskStep.Flush ? new IOException("Input/output error") : null;
        await plant.SendAsync(plant.SampleOf(0, 95), plant.SampleOf(77, 1));
        plant.Turn(Second);
        plant.Turn(Second);
        plant.Turn(TimeSpan.FromSeconds(5));

        var messages = Told(plant, 0);
        Assert.Single(messages, message => message.Kind == "Skipped");
        Assert.Contains("unrecorded", Assert.Single(messages, message => message is { Kind: "Activated", Alarm: "LT101_HI" }).Flags);
        // the delay that had begun on the disk went on
        Assert.Single(messages, message => message is { Kind: "Activated", Alarm: "LT102_HI" });
        Assert.All(plant.Delivered.GroupBy(stored => (stored.Epoch, stored.Seq)), each => Assert.Single(each));
    }

    [Fact]
    [Trait("Field", "F-54")]
    public async Task Pump_that_runs_outlives_a_disk_that_fails_and_recovers()
    {
        await using var plant = await RunningAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var epochs = new System.Collections.Concurrent.ConcurrentQueue<Guid>();
        plant.Pump.Committed = batch => epochs.Enqueue(batch.Span[^1].Epoch);
        var first = plant.Pump.State.Epoch;
        _fault = static (step, _) => step == DiskStep.Flush ? new IOException("Input/output error") : null;
        var running = plant.Pump.RunAsync(stop.Token);
        await plant.SendAsync(0, 95);
        Assert.True(SpinWait.SpinUntil(() => epochs.Any(epoch => epoch != first), TimeSpan.FromSeconds(30)), "nothing was told without the disk");
        _fault = static (_, _) => null;
        var second = epochs.First(epoch => epoch != first);
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    plant.Time.Advance(Second);
                    Thread.Yield();
                    return epochs.Any(epoch => epoch != first && epoch != second);
                },
                TimeSpan.FromSeconds(60)),
            "nothing was told with the disk");

        await stop.CancelAsync();
        await running;
    }

    private Exception? Fault(DiskStep step, string path)
    {
        lock (_steps)
        {
            _steps.Add((step, path));
        }

        return _fault(step, path);
    }

    private async Task<PumpFixture> RunningAsync(SimulatedDisk? disk = null)
    {
        var plant = new PumpFixture { Disk = disk ?? new SimulatedDisk { Fault = Fault } };
        plant.Open();
        await plant.ConnectAsync();
        await plant.SendAsync(0, 50);
        plant.Turn(Second);
        return plant;
    }

    // the disk is asked on a thread of its own
    private static void Until(PumpFixture plant, Func<bool> condition) => Assert.True(
        SpinWait.SpinUntil(
            () =>
            {
                plant.Turn(TimeSpan.FromSeconds(11));
                return condition();
            },
            TimeSpan.FromSeconds(30)),
        "the disk did not come back");

    private static List<EventMessage> Told(PumpFixture plant, int from) => [.. plant.Delivered.Skip(from).Select(stored => EventJson.Parse(stored.Payload.Span))];
}
