namespace EdgeAlarm.Engine.Tests.Armed;

/// <summary>Each alarm knows whether it can be made, and each change is told once, at the node it belongs to (design §6.1).</summary>
public class ArmedTests
{
    [Fact]
    public void A_lost_plc_is_one_event_and_disarms_its_own_alarms_only()
    {
        var plant = new PlantRig(Plants.TwoSources()).Value(0, 50).Value(0, 50, tag: 1).Value(0, 50, tag: 2);
        plant.Step(new SourceDown(PlantRig.At(5), 0, "connection refused")).Step(new SourceDown(PlantRig.At(8), 0, "no route"));

        Assert.Equal("5 PLC1 ArmedLost (connection refused)", plant.Told());
        Assert.Equal(new ArmedState(ArmedReason.SourceDown, "no route"), plant.Engine.Armed(0));
        Assert.Equal(ArmedReason.SourceDown, plant.Engine.Armed(1).Reason);
        Assert.True(plant.Engine.Armed(2).IsArmed);
    }

    [Fact]
    public void A_plc_that_comes_back_with_all_its_tags_is_one_event()
    {
        var plant = new PlantRig(Plants.TwoSources()).Value(0, 50).Value(0, 50, tag: 1).Value(0, 50, tag: 2);
        plant.Step(new SourceDown(PlantRig.At(5), 0, "cable")).Connect(30, how: SourceRecovery.Recreated);

        Assert.Equal("5 PLC1 ArmedLost (cable); 30 PLC1 ArmedRestored", plant.Told());
        Assert.Equal(ArmedReason.NoSample, plant.Engine.Armed(0).Reason);
        plant.Value(31, 50).Value(31, 50, tag: 1).Tick(60);
        Assert.Equal("", plant.Told());
        Assert.True(plant.Engine.Armed(0).IsArmed);
    }

    [Fact]
    [Trait("Field", "F-13")]
    public void A_tag_that_stays_silent_after_the_connection_is_told_alone()
    {
        var plant = new PlantRig(Plants.TwoSources()).Value(1, 50).Tick(9.9);
        Assert.Equal("", plant.Told());

        Assert.Equal(PlantRig.At(10), plant.Engine.NextDeadline);
        plant.Tick(10);
        Assert.Equal(
            "10 T1 ArmedLost (no sample since the subscription was made); 10 T2 ArmedLost (no sample since the subscription was made)",
            plant.Told());
        Assert.Equal("12 T1 ArmedRestored", plant.Value(12, 50, tag: 1).Told());
    }

    [Fact]
    [Trait("Field", "F-4")]
    public void An_item_that_the_server_refuses_is_told_and_the_others_go_on()
    {
        var plant = new PlantRig(Plants.TwoSources()).Value(1, 50).Value(1, 50, tag: 1);
        plant.Step(new TagMonitored(PlantRig.At(2), 1, new Quality(0x8034_0000)));

        Assert.Equal("2 T1 ArmedLost (not monitored: the server answered BadNodeIdUnknown)", plant.Told());
        Assert.True(plant.Engine.Armed(0).IsArmed);
        Assert.Equal(ArmedReason.NotMonitored, plant.Engine.Armed(1).Reason);
        Assert.Equal("", plant.Step(new TagMonitored(PlantRig.At(9), 1, Quality.Good)).Told());
        Assert.Equal(ArmedReason.NoSample, plant.Engine.Armed(1).Reason);
        Assert.Equal("10 T1 ArmedRestored", plant.Value(10, 50, tag: 1).Told());
    }

    [Fact]
    [Trait("Field", "F-25")]
    public void A_plc_that_is_absent_from_the_start_is_told()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm()), connected: false);
        Assert.Equal(ArmedReason.SourceDown, plant.Engine.Armed(0).Reason);

        Assert.Equal("3 PLC1 ArmedLost (connection refused)", plant.Step(new SourceDown(PlantRig.At(3), 0, "connection refused")).Told());
    }

    [Fact]
    public void A_skipped_input_disarms_the_alarms_of_its_tag_until_the_gateway_starts_anew()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50);
        plant.Step(new InputSkipped(PlantRig.At(2), 4711, 0, "planted")).Value(3, 50);

        Assert.Equal("2 T0 Skipped (planted); 2 T0 ArmedLost (engine fault)", plant.Told());
        Assert.Equal(ArmedReason.EngineFault, plant.Engine.Armed(0).Reason);
        plant.Step(new GatewayStarted(PlantRig.At(5), default, WallClockWentBack: true)).Connect(6).Value(7, 50);
        Assert.EndsWith("7 T0 ArmedRestored", plant.Told(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_change_of_quality_is_told_and_repeats_are_not()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50);
        foreach (var (at, quality) in ((double, uint)[])[(1, 0x808C_0000), (2, 0x808C_0480), (3, 0x8031_0000), (4, 0), (5, 0)])
        {
            plant.Value(at, 50, quality: quality);
        }

        Assert.Equal("1 T0 ArmedLost (bad quality BadSensorFailure); 3 T0 ArmedLost (bad quality BadNoCommunication); 4 T0 ArmedRestored", plant.Told());
    }

    [Fact]
    [Trait("Field", "F-32")]
    public void A_tag_whose_quality_flaps_is_told_until_it_settles_with_how_often_and_how_long()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50);
        for (var flap = 0; flap < 500; flap++)
        {
            plant.Value(1 + (flap * 0.2), 50, quality: PlantRig.BadSensorFailure);
            Assert.Equal(ArmedReason.BadQuality, plant.Engine.Armed(0).Reason);
            plant.Value(1.1 + (flap * 0.2), 50);
            Assert.True(plant.Engine.Armed(0).IsArmed);
        }

        Assert.Equal("1 T0 ArmedLost (bad quality BadSensorFailure); 1.1 T0 ArmedRestored; 1.2 T0 ArmedLost (bad quality BadSensorFailure)", plant.Told());
        Assert.Equal(PlantRig.At(110.9), plant.Tick(101).Engine.NextDeadline);
        Assert.Equal("", plant.Tick(110.8).Told());
        Assert.Equal("100.9 T0 ArmedRestored (it was lost 499 times, for 49.9 s in all)", plant.Tick(110.9).Told());
        Assert.Equal(PlantTime.Never, plant.Engine.NextDeadline);

        // once it has settled it is a tag like others
        Assert.Equal("120 T0 ArmedLost (bad quality BadSensorFailure)", plant.Value(120, 50, quality: PlantRig.BadSensorFailure).Told());
        Assert.Equal("121 T0 ArmedRestored", plant.Value(121, 50).Told());
    }

    [Fact]
    public void A_flapping_tag_that_stays_lost_says_so_with_its_last_reason_and_a_restart_between_changes_nothing()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50).Tick(10);
        foreach (var (at, quality) in ((double, uint)[])[(11, 0x808C_0000), (12, 0x8031_0000), (13, 0x808C_0000), (14, 0x8031_0000)])
        {
            plant.Value(at, 50, quality: quality);
        }

        Assert.Equal(
            "11 T0 ArmedLost (bad quality BadSensorFailure); 12 T0 ArmedLost (bad quality BadNoCommunication); 13 T0 ArmedLost (bad quality BadSensorFailure)",
            plant.Told());
        Assert.Equal("bad quality BadNoCommunication", plant.Engine.Armed(0).Text);
        Assert.Equal(PlantRig.At(24), AlarmEngine.Restore(plant.Engine.Configuration, PlantRig.Snapshot(plant.Engine)).NextDeadline);
        Assert.Equal("14 T0 ArmedLost (bad quality BadNoCommunication)", plant.Tick(24).Told());
    }

    [Fact]
    public void A_gateway_that_records_nothing_is_one_event_and_disarms_every_alarm_until_it_does()
    {
        var plant = new PlantRig(Plants.TwoSources()).Value(0, 50).Value(0, 50, tag: 1).Value(0, 50, tag: 2);
        plant.Step(new SystemConditionChanged(PlantRig.At(5), GatewayConditions.Unrecorded, true, "the disk is full"));

        Assert.Single(plant.Events, e => e.At == PlantRig.At(5));
        Assert.All(Enumerable.Range(0, 3), alarm => Assert.Equal(new ArmedState(ArmedReason.Unrecorded, "the disk is full"), plant.Engine.Armed(alarm)));
        Assert.Equal(ArmedReason.Unrecorded, AlarmEngine.Restore(plant.Engine.Configuration, PlantRig.Snapshot(plant.Engine)).Armed(0).Reason);
        plant.Step(new SystemConditionChanged(PlantRig.At(6), "SYS_UPLINK_DOWN", true, "no broker"));
        plant.Step(new SystemConditionChanged(PlantRig.At(7), GatewayConditions.Unrecorded, false, "there is room"));
        Assert.True(plant.Engine.Armed(0).IsArmed);
    }
}
