namespace EdgeAlarm.Engine.Tests.Conditions;

/// <summary>What expressions make of values that are not known (three-valued logic), and what the machine refuses. That it works them out is a property.</summary>
public class ExpressionTests
{
    private static readonly ExpressionStep A = new(ExpressionOperator.Tag);
    private static readonly ExpressionStep B = new(ExpressionOperator.Tag, Operand: 1);

    [Theory]
    [InlineData(ExpressionOperator.And, 1, double.NaN, double.NaN)]
    [InlineData(ExpressionOperator.And, 0, double.NaN, 0)]
    [InlineData(ExpressionOperator.And, double.NaN, 0, 0)]
    [InlineData(ExpressionOperator.Or, 1, double.NaN, 1)]
    [InlineData(ExpressionOperator.Or, double.NaN, 1, 1)]
    [InlineData(ExpressionOperator.Or, 0, double.NaN, double.NaN)]
    [InlineData(ExpressionOperator.Less, 5, double.NaN, double.NaN)]
    [InlineData(ExpressionOperator.Equal, double.NaN, double.NaN, double.NaN)]
    [InlineData(ExpressionOperator.Max, 5, double.NaN, double.NaN)]
    [InlineData(ExpressionOperator.Divide, 0, 0, double.NaN)]
    [InlineData(ExpressionOperator.Divide, 5, 0, double.PositiveInfinity)]
    [InlineData(ExpressionOperator.Bit, 0x24, 5, 1)]
    [InlineData(ExpressionOperator.Bit, 0x24, 3, 0)]
    [InlineData(ExpressionOperator.Bit, -1, 52, 1)]
    [InlineData(ExpressionOperator.Bit, 1e300, 3, double.NaN)]
    [InlineData(ExpressionOperator.Bit, 5.5, 0, double.NaN)]
    public void Each_operator_knows_what_it_does_not_know(ExpressionOperator what, double left, double right, double result) =>
        Assert.Equal(result, ExpressionMachine.Run(new([A, B, new(what)], [0, 1]), [left, right]));

    [Fact]
    public void An_alarm_is_judged_when_any_tag_changes_that_its_expression_reads()
    {
        // the pump runs and there is no flow: T0 and T1 < 5
        var plant = new PlantRig(Plants.With(OnLowFlow(), Plants.Alarm("A1", tag: 1, setpoint: 1000)));
        plant.Value(0, 1).Value(0, 50, tag: 1);
        _ = plant.Told();

        Assert.Equal("1 A0 Activated Unacknowledged", plant.Value(1, 4, tag: 1).Told());
        Assert.Equal("2 A0 Returned ReturnedUnacknowledged [Fleeting]", plant.Value(2, 0).Told());
    }

    [Fact]
    public void What_one_tag_decides_alone_is_decided_while_the_other_is_bad()
    {
        var plant = new PlantRig(Plants.With(OnLowFlow(), Plants.Alarm("A1", tag: 1, setpoint: 1000)));
        plant.Value(0, 1).Value(0, 4, tag: 1).Value(1, 0, tag: 1, quality: PlantRig.BadSensorFailure);
        Assert.True(plant.Engine.AlarmState(0).Condition);
        _ = plant.Told();

        Assert.Equal("2 A0 Returned ReturnedUnacknowledged [Fleeting]", plant.Value(2, 0).Told());
        Assert.Equal("", plant.Value(3, 1).Told());
        Assert.Equal(ArmedReason.BadQuality, plant.Engine.Armed(0).Reason);
    }

    [Fact]
    public void A_delay_that_one_source_decides_alone_goes_on_while_the_other_is_down()
    {
        // T0 >= 90 or T2: the first source says true, whatever the second may be
        var expression = new Expression([A, new(ExpressionOperator.Number, 90), new(ExpressionOperator.GreaterOrEqual), B, new(ExpressionOperator.Truth), new(ExpressionOperator.Or)], [0, 2]);
        var alarm = Plants.Alarm(type: ConditionType.Expression, setpoint: 0, deadband: 0, onDelay: 5) with { Expression = expression };
        var plant = new PlantRig(Plants.TwoSources() with { Alarms = [alarm] });
        plant.Value(0, 50).Value(0, 0, tag: 2).Step(new SourceDown(PlantRig.At(1), 1, "cable")).Value(2, 95);
        _ = plant.Told();

        Assert.Equal("7 A0 Activated Unacknowledged", plant.Tick(7).Told());
    }

    [Fact]
    public void Steps_that_do_not_fit_together_are_refused()
    {
        Assert.Throws<InvariantViolation>(() => new Expression([], []));
        Assert.Throws<InvariantViolation>(() => new Expression([A, new(ExpressionOperator.And)], [0]));
        Assert.Throws<InvariantViolation>(() => new Expression([A, A], [0]));
        Assert.Throws<InvariantViolation>(() => new Expression([B], [0]));
        Assert.Throws<InvariantViolation>(() => new Expression([A], [0, 0]));
        Assert.Throws<InvariantViolation>(() => new Expression([new(ExpressionOperator.Number, double.NaN)], []));
        Assert.Throws<InvariantViolation>(() => new Expression([.. Enumerable.Repeat(A, 33), .. Enumerable.Repeat(new ExpressionStep(ExpressionOperator.Add), 32)], [0]));
    }

    private static AlarmDefinition OnLowFlow() => Plants.Alarm(type: ConditionType.Expression, setpoint: 0, deadband: 0) with
    {
        Expression = new(
            [A, new(ExpressionOperator.Truth), B, new(ExpressionOperator.Number, 5), new(ExpressionOperator.Less), new(ExpressionOperator.And)],
            [0, 1]),
    };
}
