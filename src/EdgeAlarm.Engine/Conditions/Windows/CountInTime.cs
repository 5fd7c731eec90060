namespace EdgeAlarm.Engine;

/// <summary>Something that happens too often: abnormal while it became true as often as the setpoint within the window.</summary>
internal static class CountInTime
{
    /// <summary>Words of state: the clock, what it was last (0 not known, 1 false, 2 true), how often it became true, when the last times.</summary>
    public const int Length = WindowClock.Length + 2 + AlarmDefinition.CountMax;

    private const int Was = WindowClock.Length;
    private const int Count = WindowClock.Length + 1;
    private const int Times = WindowClock.Length + 2;

    /// <summary>What it says.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="alarm">The definition; its Setpoint is a whole number from 1 to <see cref="AlarmDefinition.CountMax"/>.</param>
    /// <param name="moment">When.</param>
    /// <param name="isTrue">What is counted.</param>
    /// <param name="due">When time alone will make it say something else.</param>
    public static Truth Judge(Span<long> state, AlarmDefinition alarm, in Moment moment, bool isTrue, out PlantTime due)
    {
        var clock = new WindowClock(state);
        var now = clock.Go(moment.Time);
        var often = (int)alarm.Setpoint;
        if (isTrue && state[Was] == 1)
        {
            state[Times + (int)(state[Count] % often)] = now;
            state[Count]++;
        }

        state[Was] = isTrue ? 2 : 1;
        due = PlantTime.Never;
        if (state[Count] < often)
        {
            return Truth.Normal;
        }

        // the place that would be overwritten next holds the oldest of the last ones
        var ends = state[Times + (int)(state[Count] % often)] + alarm.Window.Ticks;
        if (now >= ends)
        {
            return Truth.Normal;
        }

        due = clock.ToPlant(ends);
        return Truth.Abnormal;
    }
}
