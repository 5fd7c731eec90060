using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Gateway.Tests.Alarming;

/// <summary>Operators' commands and new alarm lists on their way through journal, restart and replay.</summary>
public class HandlingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Field", "F-36")]
    public async Task A_shelf_survives_a_restart_and_the_recording_of_every_command_folds_to_the_same_bytes()
    {
        await using var plant = PumpFixture.Started();
        var commands = (Func<PlantTime, Guid, OperatorCommand>[])
        [
            (at, id) => new ShelveCommand(at, id, "LT101_HI", TimeSpan.FromMinutes(30), false, "operator1", "calibration"),
            (at, id) => new RemoveFromServiceCommand(at, id, "LT102_HI", TimeSpan.FromHours(2), "fitter", "permit 4711", "leader"),
            (at, id) => new ResetCommand(at, id, "LT101_HI", "operator1", ""),
            (at, id) => new ReturnToServiceCommand(at, id, "LT102_HI", "fitter", "proved with 95 %"),
            (at, id) => new UnshelveCommand(at, id, "NO_SUCH", "operator1", ""),
        ];
        var answers = commands.Select(command => plant.Pump.Inbox.CommandAsync(command, Cancelled)).ToList();
        plant.Turn();
        Assert.Equal(
            [CommandOutcome.Accepted, CommandOutcome.Accepted, CommandOutcome.NotLatched, CommandOutcome.Accepted, CommandOutcome.UnknownAlarm],
            await Task.WhenAll(answers));

        await plant.RestartAsync(TimeSpan.FromMinutes(5));
        plant.Turn(TimeSpan.FromSeconds(1));
        var shelf = plant.Pump.State.Alarms[0].State.Shelf!;
        Assert.Equal(("operator1", "calibration"), (shelf.By, shelf.Reason));
        Assert.Null(plant.Pump.State.Alarms[1].State.OutOfService);
        Assert.Equal(ArmedReason.SourceDown, plant.Pump.State.Alarms[0].Armed.Reason);
        Assert.True(Replay.Run(plant.Folder).IsIdentical);
    }

    [Fact]
    public async Task A_new_alarm_list_takes_effect_without_a_restart_and_a_removed_alarm_is_told_by_its_name()
    {
        await using var plant = PumpFixture.Started();
        await plant.ConnectAsync();
        await plant.SendAsync(0, 95);
        await plant.SendAsync(1, 92);
        plant.Turn();
        var list = PumpFixture.Alarms with { Alarms = [PumpFixture.Alarms.Alarms[1] with { OnDelay = TimeSpan.Zero }] };
        var reload = plant.Pump.ReloadAsync(NormalisedConfiguration.Create("plant1", "gw1", list), Cancelled);
        while (!reload.IsCompleted)
        {
            plant.Turn();
            await Task.Yield();
        }

        await reload;
        var told = plant.Recorded().ConvertAll(e => (e.Kind, e.Alarm));
        Assert.Contains(("Withdrawn", "LT101_HI"), told);
        Assert.Equal([("Withdrawn", "LT101_HI"), ("ConfigurationChanged", null), ("Activated", "LT102_HI")], told.TakeLast(3));
        Assert.True(Replay.Run(plant.Folder).IsIdentical);
    }

    [Fact]
    public async Task A_list_on_other_tags_is_refused_and_nothing_changes()
    {
        await using var plant = PumpFixture.Started();
        var others = PumpFixture.Alarms with { Tags = [PumpFixture.Alarms.Tags[1], PumpFixture.Alarms.Tags[0]] };

        await Assert.ThrowsAsync<ArgumentException>(() => plant.Pump.ReloadAsync(NormalisedConfiguration.Create("plant1", "gw1", others), Cancelled));
    }
}
