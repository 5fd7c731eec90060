namespace EdgeAlarm.Engine;

/// <summary>
/// A counter or bit of the PLC that must change: abnormal when it has not for the window. Any change counts, so a counter that wraps is none. After a new subscription it
/// has a window to change, since a bit that toggles is the same again half of the times.
/// </summary>
internal static class Heartbeat
{
    /// <summary>Words of state: the clock, the last change, the last value.</summary>
    public const int Length = WindowClock.Length + 2;

    /// <summary>What it says.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="alarm">The definition.</param>
    /// <param name="moment">When.</param>
    /// <param name="tag">The tag; its value can be evaluated.</param>
    /// <param name="due">When time alone will make it say something else.</param>
    public static Truth Judge(Span<long> state, AlarmDefinition alarm, in Moment moment, in TagCell tag, out PlantTime due)
    {
        var clock = new WindowClock(state);
        var isFirst = clock.IsFresh || moment.Before == Discontinuity.Start;
        var now = clock.Go(moment.Time);
        ref var changed = ref state[WindowClock.Length];
        ref var last = ref state[WindowClock.Length + 1];
        if (isFirst || last != tag.Last.Value.Bits)
        {
            changed = clock.FromPlant(tag.Updated);
            last = tag.Last.Value.Bits;
        }

        var dead = changed + alarm.Window.Ticks;
        due = now < dead ? clock.ToPlant(dead) : PlantTime.Never;
        return now < dead ? Truth.Normal : Truth.Abnormal;
    }
}
