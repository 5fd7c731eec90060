namespace EdgeAlarm.Engine;

/// <summary>
/// Something that is true for too much of the time: abnormal while it was so for the setpoint, in seconds, of the window. The time is kept in <see cref="Parts"/> parts
/// of a fixed grid beside the running one, so it looks back by the window at least and by one part more at most.
/// </summary>
internal static class TimeAbnormal
{
    /// <summary>Parts of a window.</summary>
    public const int Parts = 16;

    /// <summary>Words of state: the clock, what it was last (0 not known, 1 false, 2 true), number of the running part, ticks that it was true in each part.</summary>
    public const int Length = WindowClock.Length + 2 + Parts + 1;

    private const int Was = WindowClock.Length;
    private const int Running = WindowClock.Length + 1;
    private const int First = WindowClock.Length + 2;

    /// <summary>What it says.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="alarm">The definition.</param>
    /// <param name="moment">When.</param>
    /// <param name="isTrue">What is timed.</param>
    /// <param name="due">When time alone will make it say something else.</param>
    public static Truth Judge(Span<long> state, AlarmDefinition alarm, in Moment moment, bool isTrue, out PlantTime due)
    {
        var part = alarm.Window.Ticks / Parts;
        var clock = new WindowClock(state);
        var before = clock.IsFresh ? long.MaxValue : clock.Latest;
        var now = clock.Go(moment.Time);
        Pass(state, Math.Min(before, now), now, part, counts: state[Was] == 2 && (moment.Before == Discontinuity.None || isTrue));
        state[Was] = isTrue ? 2 : 1;
        var sum = 0L;
        foreach (var ticks in state.Slice(First, Parts + 1))
        {
            sum += ticks;
        }

        var limit = (long)(alarm.Setpoint * TimeSpan.TicksPerSecond);
        due = clock.ToPlant(Turn(state, now, sum, limit, part));
        return sum >= limit ? Truth.Abnormal : Truth.Normal;
    }

    // When it comes to say something else if what is timed stays as it is: part by part, until those of the past have all left the window. To look each time only as far
    // as the next part would be work without end after a sample whose time lies years back.
    private static long Turn(Span<long> state, long now, long sum, long limit, long part)
    {
        var isTrue = state[Was] == 2;
        var isTooMuch = sum >= limit;
        var running = state[Running];
        var whole = state[PlaceOf(running)] + (isTrue ? ((running + 1) * part) - now : 0);
        for (var (ahead, time) = (0, now); ahead <= Parts; ahead++)
        {
            var end = (running + ahead + 1) * part;
            if (isTrue && !isTooMuch && time + limit - sum < end)
            {
                return time + limit - sum;
            }

            sum += isTrue ? end - time : 0;
            sum -= ahead < Parts ? state[PlaceOf(running + ahead - Parts)] : whole;
            time = end;
            if (sum >= limit != isTooMuch)
            {
                return end;
            }
        }

        return long.MaxValue;
    }

    // Time goes on; the parts that it enters anew are emptied, and what counts is shared out among them.
    private static void Pass(Span<long> state, long from, long to, long part, bool counts)
    {
        var last = to / part;
        for (var entered = Math.Max(state[Running] + 1, last - Parts); entered <= last; entered++)
        {
            state[PlaceOf(entered)] = 0;
        }

        state[Running] = Math.Max(state[Running], last);
        if (!counts)
        {
            return;
        }

        for (var touched = Math.Max(from / part, last - Parts); touched <= last; touched++)
        {
            state[PlaceOf(touched)] += Math.Min(to, (touched + 1) * part) - Math.Max(from, touched * part);
        }
    }

    private static int PlaceOf(long part) => First + PartRing.PlaceOf(part, Parts);
}
