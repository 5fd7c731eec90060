namespace EdgeAlarm.Engine.Tests.State;

/// <summary>Snapshots refuse what is not theirs (rule R4); that they are complete is a property, see EngineProperties.</summary>
public class SnapshotTests
{
    private static readonly AlarmConfiguration Configuration = Plants.With(Plants.Alarm(onDelay: 15), Plants.Alarm("A1", tag: 1));

    [Fact]
    public void A_snapshot_of_another_version_is_refused_by_its_number()
    {
        var bytes = Bytes();
        bytes[4] = 99;

        var violation = Assert.Throws<InvariantViolation>(() => AlarmEngine.Restore(Configuration, bytes));
        Assert.Contains("version 99", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_of_another_configuration_is_refused()
    {
        var others = (AlarmDefinition[])
        [
            Configuration.Alarms[0] with { Setpoint = 91 },
            Configuration.Alarms[0] with { Id = "B0" },
            Configuration.Alarms[0] with { OnDelay = TimeSpan.FromSeconds(16) },
            Configuration.Alarms[0] with { Tag = 1 },
            Configuration.Alarms[0] with { AckRequired = false },
        ];
        Assert.All(others, other =>
        {
            var changed = Configuration with { Alarms = Configuration.Alarms.SetItem(0, other) };
            var violation = Assert.Throws<InvariantViolation>(() => AlarmEngine.Restore(changed, Bytes()));
            Assert.Contains("another configuration", violation.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_truncated_snapshot_is_refused()
    {
        var bytes = Bytes();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvariantViolation>(() => AlarmEngine.Restore(Configuration, bytes.AsSpan(0, length)));
        }

        Assert.Throws<InvariantViolation>(() => AlarmEngine.Restore(Configuration, (byte[])[.. bytes, 0]));
    }

    [Fact]
    public void Every_flipped_bit_is_refused_or_gives_a_snapshot_that_says_so()
    {
        var bytes = Bytes();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var damaged = bytes.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            AlarmEngine engine;
            try
            {
                engine = AlarmEngine.Restore(Configuration, damaged);
            }
            catch (InvariantViolation)
            {
                continue;
            }

            Assert.Equal(damaged, PlantRig.Snapshot(engine));
        }
    }

    [Fact]
    public void A_sample_of_a_tag_that_does_not_exist_is_refused_and_changes_nothing()
    {
        var plant = new PlantRig(Configuration).Value(0, 50);
        var before = PlantRig.Snapshot(plant.Engine);

        Assert.Throws<InvariantViolation>(() => plant.Value(9, 50, tag: 2));
        Assert.Throws<InvariantViolation>(() => plant.Value(9, 50, tag: -1));
        Assert.Throws<InvariantViolation>(() => plant.Step(new SourceUp(PlantRig.At(9), 1, SourceRecovery.Connected)));
        Assert.Throws<InvariantViolation>(() => plant.Step(new TagMonitored(PlantRig.At(9), 2, Quality.Good)));
        Assert.Equal(before, PlantRig.Snapshot(plant.Engine));
    }

    [Fact]
    public void The_last_sample_of_each_tag_is_kept()
    {
        var plant = new PlantRig(Configuration).Value(3, 50);
        plant.Restore();

        Assert.Equal(PlantRig.SampleOf(0, TagValue.From(50.0), 3, 3), plant.Engine.LastSample(0));
        Assert.Null(plant.Engine.LastSample(1));
    }

    [Fact]
    public void A_configuration_that_nobody_validated_is_refused_by_the_name_of_the_alarm()
    {
        var wrong = (AlarmDefinition[])
        [
            Plants.Alarm(setpoint: double.NaN), Plants.Alarm(deadband: -1), Plants.Alarm(onDelay: -1), Plants.Alarm() with { Tag = 7 },
        ];
        Assert.All(wrong, alarm =>
        {
            var configuration = Configuration with { Alarms = [alarm] };
            Assert.Contains("A0", Assert.Throws<InvariantViolation>(() => new AlarmEngine(configuration)).Message, StringComparison.Ordinal);
        });
    }

    private static byte[] Bytes()
    {
        var plant = new PlantRig(Configuration).Value(0, 50).Value(1, 95).Value(1, 95, tag: 1).Value(2, 0, quality: PlantRig.BadSensorFailure, tag: 1);
        return PlantRig.Snapshot(plant.Step(new SourceDown(PlantRig.At(3), 0, "Kabel über Bord")).Engine);
    }
}
