namespace EdgeAlarm.Engine.Tests.Evaluation;

/// <summary>Which values are abnormal (alarm life cycle §4, §5.4).</summary>
public class ConditionTests
{
    [Theory]
    [InlineData(ConditionType.HiHi, 90, "89.9 -; 90 on; 86 on; 85 on; 84.9 -; 89 -")]
    [InlineData(ConditionType.Hi, 90, "89.9 -; 90 on; 85 on; 84.9 -; Infinity on; -Infinity -")]
    [InlineData(ConditionType.Lo, 10, "10.1 -; 10 on; 14 on; 15 on; 15.1 -; 11 -")]
    [InlineData(ConditionType.LoLo, 10, "10.1 -; 10 on; 15 on; 15.1 -; -Infinity on; Infinity -")]
    [InlineData(ConditionType.Equal, 1, "0 -; 1 on; 2 -; 1 on; 1.0000000000000002 -")]
    [InlineData(ConditionType.NotEqual, 1, "1 -; 0 on; 1 -; 2 on; -Infinity on; 1 -")]
    public void Values_are_abnormal_at_the_setpoint_and_normal_beyond_the_deadband(ConditionType type, double setpoint, string story)
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(type: type, setpoint: setpoint, deadband: 5)));
        var at = 0;
        var seen = story.Split("; ").Select(step => step.Split(' ')[0]).Select(text =>
        {
            plant.Value(at++, double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
            return $"{text} {(plant.Engine.AlarmState(0).Condition ? "on" : "-")}";
        });

        Assert.Equal(story, string.Join("; ", seen));
    }

    [Fact]
    public void Oscillation_within_the_deadband_is_one_activation()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm())).Value(0, 50);
        for (var second = 1; second <= 20; second++)
        {
            plant.Value(second, second % 2 == 0 ? 86 : 91);
        }

        Assert.Equal("1 A0 Activated Unacknowledged", plant.Told());
    }

    [Fact]
    public void While_the_on_delay_runs_the_bare_setpoint_counts()
    {
        // Between 85 and 90 an active alarm stays active, but one that waits for its delay is reset.
        var plant = new PlantRig(Plants.With(Plants.Alarm(onDelay: 5))).Value(0, 50).Value(1, 91).Value(4, 89).Value(5, 91).Tick(9);

        Assert.Equal("", plant.Told());
        Assert.Equal("10 A0 Activated Unacknowledged", plant.Tick(10).Told());
    }

    [Theory]
    [InlineData(TagValueKind.Boolean, 1, true)]
    [InlineData(TagValueKind.Boolean, 0, false)]
    [InlineData(TagValueKind.Integer, -1, false)]
    [InlineData(TagValueKind.Unsigned, -1, true)]
    public void Each_kind_of_value_is_compared_as_the_number_it_is(TagValueKind kind, long bits, bool abnormal)
    {
        // 64 ones are -1 as a signed integer and 2^64-1 as an unsigned one.
        var plant = new PlantRig(Plants.With(Plants.Alarm(setpoint: 1, deadband: 0)));
        plant.Step(PlantRig.SampleOf(0, new TagValue(kind, bits), 1, 1));

        Assert.Equal(abnormal, plant.Engine.AlarmState(0).Condition);
    }
}
