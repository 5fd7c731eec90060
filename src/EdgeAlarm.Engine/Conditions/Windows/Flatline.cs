namespace EdgeAlarm.Engine;

/// <summary>A value that moves no more though the process must (a frozen transmitter): abnormal while it has moved by no more than the deadband for the whole window.</summary>
internal static class Flatline
{
    /// <summary>Words of state: the clock, the first time that was judged, the extremes.</summary>
    public const int Length = WindowClock.Length + 1 + Extremes.Length;

    /// <summary>What it says.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="alarm">The definition.</param>
    /// <param name="moment">When.</param>
    /// <param name="value">The value; not NaN.</param>
    /// <param name="due">When time alone will make it say something else.</param>
    public static Truth Judge(Span<long> state, AlarmDefinition alarm, in Moment moment, double value, out PlantTime due)
    {
        var clock = new WindowClock(state);
        var isFirst = clock.IsFresh;
        var now = clock.Go(moment.Time);
        ref var since = ref state[WindowClock.Length];
        since = isFirst ? now : since;
        var extremes = new Extremes(state[(WindowClock.Length + 1)..], alarm.Window);
        extremes.Advance(now);
        extremes.Add(now, value);
        var (low, high) = extremes.Whole();
        var whole = since + alarm.Window.Ticks;
        if (now >= whole && IsFlat(low, high, value, alarm.Deadband))
        {
            due = PlantTime.Never;
            return Truth.Abnormal;
        }

        var rest = extremes.WhenRest(value, alarm.Deadband, IsFlat);
        due = rest == Extremes.Never ? PlantTime.Never : clock.ToPlant(Math.Max(rest, whole));
        return Truth.Normal;
    }

    // an infinity that stays is flat, though the difference of two of them is no number
    private static bool IsFlat(double low, double high, double _, double deadband) => low == high || high - low <= deadband;
}
