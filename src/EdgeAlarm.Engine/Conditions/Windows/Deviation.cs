namespace EdgeAlarm.Engine;

/// <summary>
/// A value that is away from its setpoint, which another tag holds, by an offset. The process may lag the setpoint by the window: the value is compared with all that the
/// setpoint was within it. So a step or a ramp of the setpoint raises nothing at once, and never silences the alarm for longer than the process may lag.
/// </summary>
internal static class Deviation
{
    /// <summary>Words of state: the latest time that was judged, the extremes of the setpoint.</summary>
    public const int Length = 1 + Extremes.Length;

    /// <summary>What it says.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="alarm">The definition; the offset is its Setpoint, negative for DevLo.</param>
    /// <param name="moment">When.</param>
    /// <param name="value">The value; not NaN.</param>
    /// <param name="setpoint">The setpoint; not NaN.</param>
    /// <param name="isStanding">Whether the condition stands already: then the deadband counts.</param>
    /// <param name="due">When time alone will make it say something else.</param>
    public static Truth Judge(Span<long> state, AlarmDefinition alarm, in Moment moment, double value, double setpoint, bool isStanding, out PlantTime due)
    {
        ref var latest = ref state[0];
        latest = Math.Max(latest, moment.Time.Ticks);
        var extremes = new Extremes(state[1..], alarm.Window);
        extremes.Advance(latest);
        extremes.Add(latest, setpoint);
        var isHigh = alarm.Type == ConditionType.DevHi;
        var deadband = isStanding ? alarm.Deadband : 0;
        var margin = isHigh ? alarm.Setpoint - deadband : alarm.Setpoint + deadband;
        var (low, high) = extremes.Whole();
        Func<double, double, double, double, bool> isAway = isHigh ? IsAbove : IsBelow;
        if (isAway(low, high, value, margin))
        {
            due = PlantTime.Never;
            return Truth.Abnormal;
        }

        due = new(extremes.WhenRest(value, margin, isAway));
        return Truth.Normal;
    }

    private static bool IsAbove(double low, double high, double value, double margin) => value >= high + margin;

    private static bool IsBelow(double low, double high, double value, double margin) => value <= low + margin;
}
