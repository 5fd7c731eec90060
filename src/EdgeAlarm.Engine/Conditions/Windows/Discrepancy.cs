namespace EdgeAlarm.Engine;

/// <summary>
/// A feedback that does not follow its command. Where the command moved away, the feedback has the window as travel time, from the first difference on; a feedback that
/// moves away without a command is abnormal at once.
/// </summary>
internal static class Discrepancy
{
    /// <summary>Words of state: the clock, when the present difference becomes abnormal (+1, 0 for none).</summary>
    public const int Length = WindowClock.Length + 1;

    /// <summary>What it says.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="alarm">The definition: the watched tag is the command, the setpoint tag the feedback, the deadband what they may differ by.</param>
    /// <param name="moment">When.</param>
    /// <param name="command">The command; not NaN.</param>
    /// <param name="feedback">The feedback; not NaN.</param>
    /// <param name="due">When time alone will make it say something else.</param>
    public static Truth Judge(Span<long> state, AlarmDefinition alarm, in Moment moment, double command, double feedback, out PlantTime due)
    {
        var clock = new WindowClock(state);
        var isFirst = clock.IsFresh || moment.Before == Discontinuity.Start;
        var now = clock.Go(moment.Time);
        ref var limit = ref state[WindowClock.Length];
        due = PlantTime.Never;
        if (command == feedback || Math.Abs(command - feedback) <= alarm.Deadband)
        {
            limit = 0;
            return Truth.Normal;
        }

        if (limit == 0)
        {
            // from the sample's own time: a tick may have been ahead of it
            limit = clock.FromPlant(moment.Time) + (isFirst || moment.Trigger == alarm.Tag ? alarm.Window.Ticks : 0) + 1;
        }

        if (now >= limit - 1)
        {
            return Truth.Abnormal;
        }

        due = clock.ToPlant(limit - 1);
        return Truth.Normal;
    }
}
