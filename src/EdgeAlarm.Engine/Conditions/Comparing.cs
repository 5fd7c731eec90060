namespace EdgeAlarm.Engine;

/// <summary>Comparisons of a value with a limit, which is a number or another tag's value with an offset.</summary>
internal static class Comparing
{
    /// <summary>How a condition compares.</summary>
    public static Comparison Of(AlarmDefinition definition) => definition.Type switch
    {
        ConditionType.HiHi or ConditionType.Hi or ConditionType.DevHi => definition.IsExclusive ? Comparison.Above : Comparison.AtLeast,
        ConditionType.Lo or ConditionType.LoLo or ConditionType.DevLo => definition.IsExclusive ? Comparison.Below : Comparison.AtMost,
        ConditionType.Equal => Comparison.Same,
        ConditionType.NotEqual => Comparison.Different,
        ConditionType.InSet or ConditionType.Bit or ConditionType.Mask or ConditionType.BadQuality or ConditionType.Expression or ConditionType.RateUp
            or ConditionType.RateDown or ConditionType.Discrepancy or ConditionType.Stale or ConditionType.Flatline or ConditionType.Heartbeat or ConditionType.CountInTime
            or ConditionType.TimeAbnormal or ConditionType.Limits => Comparison.None,
    };

    /// <summary>The limit behind which a standing condition returns. The deadband works on the way back only: before activation, and while the on-delay runs, the bare setpoint counts.</summary>
    public static double Return(Comparison comparison, double setpoint, double deadband) => comparison switch
    {
        Comparison.AtLeast or Comparison.Above => setpoint - deadband,
        Comparison.AtMost or Comparison.Below => setpoint + deadband,
        Comparison.None or Comparison.Same or Comparison.Different => setpoint,
    };

    /// <summary>What the comparison says.</summary>
    /// <param name="comparison">How.</param>
    /// <param name="value">NaN where there is none; infinities are values.</param>
    /// <param name="limit">NaN where there is none.</param>
    public static Truth Judge(Comparison comparison, double value, double limit)
    {
        if (double.IsNaN(value) || double.IsNaN(limit))
        {
            return Truth.Unknown;
        }

        var isAbnormal = comparison switch
        {
            Comparison.AtLeast => value >= limit,
            Comparison.Above => value > limit,
            Comparison.AtMost => value <= limit,
            Comparison.Below => value < limit,
            Comparison.Same => value == limit,
            Comparison.Different => value != limit,
            Comparison.None => throw new InvariantViolation("A condition that compares nothing was asked for a comparison."),
        };
        return isAbnormal ? Truth.Abnormal : Truth.Normal;
    }
}
