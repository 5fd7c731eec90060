namespace EdgeAlarm.Engine.Tests.Handling;

/// <summary>What a new configuration does to alarms: each row of the table in src/ARCHITECTURE.md is a story here, and no row is without one (field failures D).</summary>
public class ReloadTests
{
    private static readonly AlarmDefinition Alarm = Plants.Alarm(setpoint: 90, onDelay: 10, offDelay: 10, handling: new() { ShelveMax = TimeSpan.FromMinutes(30) });

    private static readonly Expression PumpStands = new(
        [new ExpressionStep(ExpressionOperator.Tag), new ExpressionStep(ExpressionOperator.Number, 50), new ExpressionStep(ExpressionOperator.Less)], [1]);

    private static readonly Dictionary<string, Func<string>> Stories = new(StringComparer.Ordinal)
    {
        ["nothing of it"] = () => Delaying().Reload(5, With(Alarm, Plants.Alarm("NEW", tag: 1, setpoint: 1e9))).Tick(11).Told(),
        ["its texts, priority or class"] = () => Standing().Reload(20, With(Alarm with { Message = "Tank almost full", Priority = AlarmPriority.Low })).Tick(60).Told(),
        ["its condition or a delay, the value is abnormal now"] = () => Delaying().Reload(5, With(Alarm with { Setpoint = 94 })).Tick(11).Told(),
        ["its condition or a delay, the value is normal now"] = () => Standing().Reload(20, With(Alarm with { Setpoint = 105 })).Tick(30).Told(),
        ["its condition or a delay, the value is not known"] = () =>
            Standing().Step(new SourceDown(PlantRig.At(20), 0, "cable")).Reload(25, With(Alarm with { Setpoint = 105 })).Tick(60).Told(),
        ["its condition or a delay, while the gateway was down"] = () =>
            Standing().Step(new GatewayStarted(PlantRig.At(28800), new(PlantRig.At(28800).Ticks), WallClockWentBack: false)).Reload(28800, With(Alarm with { Setpoint = 105 })).Tick(28900).Told(),
        ["its acknowledgement: not required any more"] = () => Standing().Reload(20, With(Alarm with { AckRequired = false })).Acknowledge(30).Told(),
        ["its latch: none any more"] = () => Latched().Reload(40, With(Alarm)).Reset(50).Told(),
        ["its limits: a shelving or time out of service is longer than they allow"] = () =>
            Standing().Shelve(20, 1200).Reload(100, With(Handled(new() { ShelveMax = TimeSpan.FromSeconds(60) }))).Told(),
        ["it is suppressed by design now, and that holds"] = () => Standing().Value(20, 0, tag: 1).Reload(30, Suppressing()).Told(),
        ["it is not suppressed by design any more"] = () => Standing().Value(20, 0, tag: 1).Reload(30, Suppressing()).Reload(40, With(Alarm)).Told(),
        ["it has levels now, or has none any more"] = () => Standing().Reload(20, With(Alarm with { Type = ConditionType.Limits, Levels = new([new(AlarmLevel.Hi, 90, false, TimeSpan.Zero, AlarmPriority.High, "high")]) })).Told(),
        ["the delays of its suppression by design"] = () =>
            Quiet(new PlantRig(Suppressing()).Value(0, 50).Value(0, 100, tag: 1).Value(1, 95).Tick(11).Value(20, 0, tag: 1)).Reload(30, Suppressing(entry: 5)).Tick(60).Told(),
        ["added, the value is abnormal"] = () => new PlantRig(Without()).Value(0, 50, tag: 1).Value(1, 95).Reload(30, With(Alarm)).Told(),
        ["removed while nothing of it stands"] = () => Delaying().Reload(5, Without()).Tick(60).Told(),
        ["removed while it stands"] = () => Standing().Reload(20, Without()).Tick(60).Told(),
        ["removed while it is shelved or out of service"] = () => Delaying().Shelve(5, 600).Reload(20, Without()).Told(),
        ["removed and added again"] = () => Standing().Reload(20, Without()).Reload(30, With(Alarm)).Told(),
    };

    public static TheoryData<string, string> Rows() => [.. Repository.Table("### Alarms under a new configuration").Skip(2).Select(row =>
    {
        var cells = row.Split('|', StringSplitOptions.TrimEntries);
        return (cells[1], cells[3].Trim('`'));
    })];

    [Fact]
    public void Every_row_has_its_story_and_every_story_its_row()
    {
        // for whoever changed the engine on purpose: what the stories tell
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', Stories.Select(story => $"{story.Key} => `{story.Value()}`")));
        Assert.Equal(Stories.Keys, Rows().Select(row => row.Data.Item1));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    [Trait("Field", "F-33")]
    public void A_new_configuration_does_what_its_row_says(string change, string told) => Assert.Equal(told, Stories[change]());

    [Fact]
    public void A_reload_loses_no_occurrence_of_an_alarm_that_stays()
    {
        var plant = Standing();
        var occurrence = plant.Engine.AlarmState(0).Occurrence;
        _ = plant.Reload(20, With(Alarm with { Message = "Tank almost full" }));

        Assert.Equal(occurrence, plant.Engine.AlarmState(0).Occurrence);
        Assert.Equal(CommandOutcome.Accepted, plant.Acknowledge(30, occurrence: occurrence).Outcome);
    }

    [Fact]
    public void A_time_out_of_service_that_the_new_list_does_not_allow_ends_and_says_so()
    {
        var plant = Standing().Step(new RemoveFromServiceCommand(PlantRig.At(20), Guid.Empty, "A0", TimeSpan.FromHours(1), "fitter", "permit", ""));
        _ = plant.Told();

        Assert.Equal(
            "100 - ConfigurationChanged (other); 100 A0 ReturnedToService Unacknowledged (it is longer than the new alarm list allows); "
                + "100 A0 Activated Unacknowledged (it stood when it returned to service)",
            plant.Reload(100, With(Handled(new() { OutOfServiceMax = TimeSpan.FromSeconds(60) }))).Told());
    }

    [Fact]
    public void A_shelf_of_an_alarm_that_became_highly_managed_ends_at_once_and_one_that_is_allowed_goes_on()
    {
        Assert.Null(Standing().Shelve(20, 600).Reload(21, With(Handled(Alarm.Handling with { IsHighlyManaged = true }))).Engine.AlarmState(0).Shelf);
        Assert.Equal(PlantRig.At(620), Standing().Shelve(20, 600).Reload(21, With(Handled(Alarm.Handling with { ReAlarm = TimeSpan.FromHours(1) }))).Engine.AlarmState(0).Shelf!.Until);
    }

    [Fact]
    public void An_alarm_that_joins_a_suppression_which_holds_already_says_which()
    {
        AlarmConfiguration Group(int ofTheAlarm) => Plants.With(
            Alarm with { Handling = new() { SuppressionGroup = ofTheAlarm } }, Plants.Alarm("P", tag: 1, setpoint: 1e9), Plants.Alarm("B0", handling: new() { SuppressionGroup = 0 })) with
        {
            SuppressionGroups = Suppressing().SuppressionGroups,
        };
        var plant = Quiet(new PlantRig(Group(-1)).Value(0, 50).Value(1, 0, tag: 1));

        Assert.Equal("30 - ConfigurationChanged (other); 30 A0 Suppressed Normal {SuppressedByDesign} (the pump stands)", plant.Reload(30, Group(0)).Told());
        Assert.Equal("40 - ConfigurationChanged (other); 40 A0 Unsuppressed Normal (the new alarm list does not suppress it)", plant.Reload(40, Group(-1)).Told());
    }

    [Fact]
    public void A_re_alarm_and_a_timed_latch_that_the_new_list_has_begin_with_it_and_shorter_ones_count_from_it()
    {
        var again = Standing().Reload(100, With(Handled(new() { ReAlarm = TimeSpan.FromSeconds(60) })));
        Assert.Equal(PlantRig.At(160), again.Engine.NextDeadline);
        Assert.Equal(PlantRig.At(130), again.Reload(110, With(Handled(new() { ReAlarm = TimeSpan.FromSeconds(20) }))).Engine.NextDeadline);
        Assert.Equal(PlantRig.At(130), again.Reload(120, With(Handled(new() { ReAlarm = TimeSpan.FromHours(1) }))).Engine.NextDeadline);
        Assert.Equal(PlantTime.Never, again.Reload(125, With(Alarm)).Engine.NextDeadline);

        var latched = Latched().Reload(40, With(Handled(new() { Latch = LatchMode.Timed, LatchFor = TimeSpan.FromSeconds(60) })));
        Assert.Equal(PlantRig.At(100), latched.Engine.NextDeadline);
        Assert.Equal(PlantRig.At(100), latched.Reload(50, With(Handled(new() { Latch = LatchMode.Timed, LatchFor = TimeSpan.FromHours(1) }))).Engine.NextDeadline);
    }

    private static AlarmConfiguration With(params AlarmDefinition[] alarms) => Plants.With([.. alarms, Plants.Alarm("P", tag: 1, setpoint: 1e9)]);

    private static AlarmConfiguration Without() => With();

    private static AlarmDefinition Handled(AlarmHandling handling) => Alarm with { Handling = handling };

    private static AlarmConfiguration Suppressing(double entry = 0) => With(Handled(new() { SuppressionGroup = 0 })) with
    {
        SuppressionGroups = [new("the pump stands", new SuppressionTrigger.Holds(PumpStands), TimeSpan.FromSeconds(entry), TimeSpan.Zero, TimeSpan.FromHours(8))],
    };

    private static PlantRig Delaying() => Quiet(new PlantRig(With(Alarm)).Value(0, 50).Value(0, 100, tag: 1).Value(1, 95));

    private static PlantRig Standing() => Quiet(Delaying().Tick(11));

    private static PlantRig Latched() => Quiet(
        new PlantRig(With(Handled(new() { Latch = LatchMode.Manual }))).Value(0, 50).Value(0, 100, tag: 1).Value(1, 95).Tick(11).Acknowledge(12).Value(20, 50).Tick(30));

    private static PlantRig Quiet(PlantRig plant)
    {
        _ = plant.Told();
        return plant;
    }
}
