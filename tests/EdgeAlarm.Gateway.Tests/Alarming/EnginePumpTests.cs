using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.OpcUa.Buffers;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Tests.Alarming;

public class EnginePumpTests
{
    [Fact]
    public async Task First_start_begins_an_epoch_and_states_every_alarm()
    {
        await using var plant = PumpFixture.Started();
        plant.Turn();

        var kinds = plant.Recorded().Select(message => message.Kind).ToList();
        Assert.Equal(["EpochStarted", "Statement", "Statement", "GatewayStarted", "ConfigurationChanged"], kinds.Take(5));
        Assert.Equal(Enumerable.Range(1, kinds.Count).Select(seq => (long)seq), plant.Recorded().Select(message => message.Seq));
    }

    [Fact]
    [Trait("Field", "F-46")]
    public async Task Alarm_is_handed_on_only_when_its_commit_is_flushed()
    {
        await using var plant = PumpFixture.Started();
        await plant.ConnectAsync();
        await plant.SendAsync(0, 95);
        plant.Pump.TurnOnce(plant.Pump.Clock.Now);
        var before = plant.Delivered.Count(IsActivated);
        plant.Pump.FlushAndDeliver();

        Assert.Equal(0, before);
        Assert.Equal(1, plant.Delivered.Count(IsActivated));
    }

    [Fact]
    [Trait("Field", "F-36")]
    public async Task Acknowledgement_survives_a_restart()
    {
        await using var plant = PumpFixture.Started();
        await plant.ConnectAsync();
        await plant.SendAsync(0, 95);
        plant.Turn(TimeSpan.FromSeconds(1));
        var answer = plant.Pump.Inbox.AcknowledgeAsync("LT101_HI", plant.Pump.State.Alarms[0].State.Occurrence, "operator1", "seen", TestContext.Current.CancellationToken);
        plant.Turn(TimeSpan.FromSeconds(1));
        await plant.RestartAsync(TimeSpan.FromSeconds(10));
        plant.Turn(TimeSpan.FromSeconds(1));

        Assert.Equal(CommandOutcome.Accepted, await answer);
        Assert.Equal(LifecycleState.Acknowledged, plant.Pump.State.Alarms[0].State.Lifecycle);
        Assert.Single(plant.Recorded(), message => message.Kind == "EpochStarted");
    }

    [Fact]
    [Trait("Field", "F-33")]
    public async Task List_that_was_edited_while_the_gateway_was_down_is_not_evaluated_by_values_from_before()
    {
        await using var plant = PumpFixture.Started();
        await plant.ConnectAsync();
        await plant.SendAsync([plant.SampleOf(0, 95), plant.SampleOf(1, 89)]);
        plant.Turn(TimeSpan.FromSeconds(1));
        plant.Configured = PumpFixture.Alarms with
        {
            // the one would return by a value from eight hours ago, the other be raised by one
            Alarms = [PumpFixture.Alarms.Alarms[0] with { Setpoint = 98 }, PumpFixture.Alarms.Alarms[1] with { Setpoint = 85 }],
        };
        await plant.RestartAsync(TimeSpan.FromHours(8));
        plant.Turn(TimeSpan.FromSeconds(10));
        plant.Turn(TimeSpan.FromSeconds(10));

        Assert.Equal(LifecycleState.Unacknowledged, plant.Pump.State.Alarms[0].State.Lifecycle);
        Assert.Equal(LifecycleState.Normal, plant.Pump.State.Alarms[1].State.Lifecycle);
        Assert.Equal(["Activated"], plant.Recorded().Select(message => message.Kind).Where(kind => kind is "Activated" or "Returned"));
    }

    [Fact]
    [Trait("Field", "F-40")]
    public async Task Absence_begins_when_the_last_message_came_not_when_a_full_inbox_let_it_through()
    {
        await using var plant = PumpFixture.Started();
        await plant.ConnectAsync();
        var came = plant.Pump.Clock.Now;
        var message = new PlcNotification(7, 1, came, false, new[] { plant.SampleOf(0, 50) });
        plant.Turn(TimeSpan.FromSeconds(3));
        await plant.SendAsync(message);
        plant.Turn();
        await plant.RestartAsync(TimeSpan.FromSeconds(1));
        await plant.ConnectAsync();
        await plant.SendAsync(0, 50);
        plant.Turn();

        var gap = plant.Pump.Reader.ReadRecords().Select(record => record.Input).OfType<GapFound>().Single();
        Assert.Equal(came, gap.Start);
    }

    [Fact]
    [Trait("Field", "F-40")]
    public async Task Running_delay_survives_a_restart_and_the_absence_is_a_gap_from_the_last_moment_seen()
    {
        await using var plant = PumpFixture.Started();
        await plant.ConnectAsync();
        await plant.SendAsync(1, 95);
        var seen = plant.Pump.Clock.Now;
        plant.Turn(TimeSpan.FromSeconds(2));
        await plant.RestartAsync(TimeSpan.FromSeconds(1));
        await plant.ConnectAsync();
        plant.Turn(TimeSpan.FromSeconds(3));
        await plant.SendAsync(1, 96);
        plant.Turn();

        var events = plant.Recorded();
        var gap = Assert.Single(events, message => message.Kind == "Gap");
        Assert.Equal(seen.Ticks, gap.IntervalStart!.Value.Ticks);
        Assert.Equal(plant.Pump.Clock.Now.Ticks, gap.IntervalEnd!.Value.Ticks);
        // five seconds abnormal before and after: the alarm comes, though the gateway was away for one of them
        Assert.Single(events, message => message is { Kind: "Activated", Alarm: "LT102_HI" });
    }

    // the memory of samples is lent: too early back, and the journal or the engine has values that no PLC sent; not back, and each message costs new memory
    [Fact]
    public async Task Samples_are_given_back_after_the_turn_that_recorded_and_folded_them_and_not_before()
    {
        await using var plant = PumpFixture.Started();
        await plant.ConnectAsync();
        var pool = new LeasePool<Sample>(keptMax: 4, lengthMax: 16);
        var leases = Enumerable.Range(0, 3).Select(_ => pool.Rent(2)).ToArray();
        foreach (var (lease, i) in leases.Select((lease, i) => (lease, i)))
        {
            (lease.Memory.Span[0], lease.Memory.Span[1]) = (plant.SampleOf(0, 91 + i), plant.SampleOf(1, 10 + i));
            // the last one is known already: it is given back, too
            await plant.SendAsync(new PlcNotification(7, Math.Min((uint)i + 1, 2), plant.Pump.Clock.Now, false, lease.Memory) { Lease = lease });
        }

        Assert.All(leases, lease => Assert.Equal(2, lease.Memory.Length));
        plant.Turn();
        Assert.All(leases, lease => Assert.Throws<ObjectDisposedException>(() => lease.Memory));

        var recorded = plant.Pump.Reader.ReadRecords().Where(record => record.Input is NotificationReceived).SelectMany(record => record.Samples.ToArray());
        Assert.Equal([(0, 91.0), (1, 10.0), (0, 92.0), (1, 11.0)], recorded.Select(sample => (sample.Tag, sample.Value.AsNumber())));
        plant.Turn(TimeSpan.FromSeconds(1));
        Assert.Equal([92.0, 11.0], plant.Pump.State.Tags.Select(tag => tag.Last!.Value.Value.AsNumber()));
        Assert.Single(plant.Recorded(), message => message is { Kind: "Activated", Alarm: "LT101_HI" });
    }

    [Fact]
    public async Task Message_that_the_journal_has_is_dropped_and_a_new_subscription_with_the_same_id_is_not()
    {
        await using var plant = PumpFixture.Started();
        await plant.ConnectAsync();
        var first = new PlcNotification(7, 1, plant.Pump.Clock.Now, false, new[] { plant.SampleOf(0, 50) });
        await plant.SendAsync(first);
        await plant.SendAsync(first with { AfterRecovery = true });
        plant.Turn(TimeSpan.FromSeconds(1));
        Assert.Equal(1, plant.Pump.State.Figures.Samples);
        Assert.Equal(1, plant.Pump.State.Figures.DuplicateMessages);

        // a server that restarts gives the same subscription id again and counts from 1
        await plant.ConnectAsync(SourceRecovery.Recreated);
        await plant.SendAsync(new PlcNotification(7, 1, plant.Pump.Clock.Now, true, new[] { plant.SampleOf(0, 95) }));
        plant.Turn(TimeSpan.FromSeconds(1));
        Assert.Equal(2, plant.Pump.State.Figures.Samples);
        Assert.Equal(LifecycleState.Unacknowledged, plant.Pump.State.Alarms[0].State.Lifecycle);
    }

    // two subscriptions count their messages apart, and their messages come mixed
    [Fact]
    public async Task Messages_of_several_subscriptions_are_told_apart()
    {
        await using var plant = PumpFixture.Started();
        await plant.ConnectAsync();
        PlcNotification Message(uint subscription, uint sequence, double value) =>
            new(subscription, sequence, plant.Pump.Clock.Now, true, new[] { plant.SampleOf((int)subscription - 7, value) });
        await plant.SendAsync(Message(7, 1, 50));
        await plant.SendAsync(Message(8, 1, 51));
        await plant.SendAsync(Message(7, 2, 52));
        await plant.SendAsync(Message(8, 2, 53));
        plant.Turn(TimeSpan.FromSeconds(1));
        Assert.Equal((4, 0), (plant.Pump.State.Figures.Samples, plant.Pump.State.Figures.DuplicateMessages));

        // what was flushed and not yet acknowledged comes again
        await plant.SendAsync(Message(7, 2, 52));
        await plant.SendAsync(Message(8, 1, 51));
        await plant.SendAsync(Message(8, 3, 54));
        plant.Turn(TimeSpan.FromSeconds(1));
        Assert.Equal((5, 2), (plant.Pump.State.Figures.Samples, plant.Pump.State.Figures.DuplicateMessages));
    }

    [Fact]
    public async Task First_value_of_a_new_subscription_is_taken_though_it_equals_the_last_and_arms_the_alarm()
    {
        await using var plant = PumpFixture.Started();
        await plant.ConnectAsync();
        var value = plant.SampleOf(0, 50);
        await plant.SendAsync(value);
        await plant.ConnectAsync(SourceRecovery.Recreated);
        await plant.SendAsync(new PlcNotification(8, 1, plant.Pump.Clock.Now, true, new[] { value }));
        await plant.SendAsync(new PlcNotification(8, 2, plant.Pump.Clock.Now, true, new[] { value }));
        plant.Turn(TimeSpan.FromSeconds(1));

        Assert.True(plant.Pump.State.Alarms[0].Armed.IsArmed, plant.Pump.State.Alarms[0].Armed.Text);
        Assert.Equal(1, plant.Pump.State.Figures.DuplicateSamples);
    }

    [Fact]
    public async Task Poison_input_is_left_out_by_name_and_everything_else_goes_on()
    {
        await using var plant = PumpFixture.Started();
        await plant.ConnectAsync();
        await plant.SendAsync(plant.SampleOf(0, 50), plant.SampleOf(99, 1), plant.SampleOf(1, 50));
        var command = plant.Pump.Inbox.AcknowledgeAsync("LT101_HI", OccurrenceId.None, "operator1", "", TestContext.Current.CancellationToken);
        plant.Turn(TimeSpan.FromSeconds(1));
        await plant.SendAsync(0, 95);
        plant.Turn(TimeSpan.FromSeconds(1));
        var live = plant.Recorded();
        await plant.RestartAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(CommandOutcome.NothingToAcknowledge, await command);
        Assert.Single(live, message => message.Kind == "Skipped");
        Assert.Single(live, message => message is { Kind: "Activated", Alarm: "LT101_HI" });
        Assert.Equal(live.Select(message => message.Seq), Enumerable.Range(1, live.Count).Select(seq => (long)seq));
        var replay = Replay.Run(plant.Folder);
        Assert.True(replay.IsIdentical, replay.FirstDifference?.ToString());
        Assert.Single(plant.Recorded(), message => message.Kind == "Skipped");
    }

    [Fact]
    public async Task Step_of_the_wall_clock_is_told_and_plant_time_goes_on()
    {
        await using var plant = PumpFixture.Started();
        plant.Turn(TimeSpan.FromSeconds(1));
        var before = plant.Pump.Clock.Now;
        plant.Time.Step = TimeSpan.FromHours(1);
        plant.Turn();

        Assert.Single(plant.Recorded(), message => message.Kind == "ClockStepped");
        Assert.Equal(before, plant.Pump.Clock.Now);
    }

    [Fact]
    public async Task Events_at_the_centre_that_this_journal_never_made_begin_a_new_epoch()
    {
        await using var plant = PumpFixture.Started();
        plant.Turn();
        var state = plant.Pump.State;
        plant.Pump.Inbox.ForkDetected(Guid.NewGuid(), 1000);
        plant.Turn(TimeSpan.FromSeconds(1));
        Assert.Equal(state.Epoch, plant.Pump.State.Epoch);

        plant.Pump.Inbox.ForkDetected(state.Epoch, 1000);
        plant.Turn(TimeSpan.FromSeconds(1));
        Assert.NotEqual(state.Epoch, plant.Pump.State.Epoch);
    }

    [Fact]
    public async Task Changed_configuration_keeps_epoch_and_acknowledgement()
    {
        await using var plant = PumpFixture.Started();
        await plant.ConnectAsync();
        await plant.SendAsync(0, 95);
        plant.Turn(TimeSpan.FromSeconds(1));
        var occurrence = plant.Pump.State.Alarms[0].State.Occurrence;
        var epoch = plant.Pump.State.Epoch;
        plant.Configured = PumpFixture.Alarms with { Alarms = [PumpFixture.Alarms.Alarms[1], PumpFixture.Alarms.Alarms[0]] };
        await plant.RestartAsync(TimeSpan.FromSeconds(1));
        plant.Turn(TimeSpan.FromSeconds(1));
        await plant.RestartAsync(TimeSpan.FromSeconds(1));
        plant.Turn(TimeSpan.FromSeconds(1));

        Assert.Equal(epoch, plant.Pump.State.Epoch);
        Assert.Equal(occurrence, plant.Pump.State.Alarms[1].State.Occurrence);
        Assert.Equal(LifecycleState.Unacknowledged, plant.Pump.State.Alarms[1].State.Lifecycle);
        Assert.True(Replay.Run(plant.Folder).IsIdentical);
    }

    private static bool IsActivated(StoredEvent stored) => EventJson.Parse(stored.Payload.Span).Kind == "Activated";
}
