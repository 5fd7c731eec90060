namespace EdgeAlarm.Engine;

/// <summary>
/// A value that rises or falls too fast: abnormal while it is away by the setpoint or more from what it was a window ago. The past is kept at the <see cref="Parts"/>
/// points of a fixed grid, so it looks back by the window at least and by one part more at most; at the beginning it compares with the first value.
/// </summary>
internal static class Rate
{
    /// <summary>Parts of a window.</summary>
    public const int Parts = 16;

    /// <summary>Words of state: latest time, whether the value was bad, number of the running part (+1), last value, value at the begin of each part.</summary>
    public const int Length = 4 + Parts + 1;

    private const int Latest = 0;
    private const int WasBad = 1;
    private const int Running = 2;
    private const int Last = 3;
    private const int First = 4;

    /// <summary>The value cannot be evaluated.</summary>
    public static void Stop(Span<long> state) => state[WasBad] = 1;

    /// <summary>What it says.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="alarm">The definition; its Setpoint is the change in the tag's unit within the window, more than 0.</param>
    /// <param name="moment">When.</param>
    /// <param name="value">The value; not NaN.</param>
    /// <param name="isStanding">Whether the condition stands already: then the deadband counts.</param>
    /// <param name="due">When time alone will make it say something else.</param>
    public static Truth Judge(Span<long> state, AlarmDefinition alarm, in Moment moment, double value, bool isStanding, out PlantTime due)
    {
        var now = Math.Max(state[Latest], moment.Time.Ticks);
        var part = alarm.Window.Ticks / Parts;
        var isUnseen = moment.Before != Discontinuity.None || state[WasBad] == 1;
        if (state[Running] == 0 || (isUnseen && now - state[Latest] > alarm.Window.Ticks))
        {
            // what it was before so long a break says nothing of how fast it came here
            Begin(state, now / part, value);
        }

        state[Latest] = now;
        state[WasBad] = 0;
        Advance(state, now / part);
        state[Last] = BitConverter.DoubleToInt64Bits(value);
        var change = isStanding ? alarm.Setpoint - alarm.Deadband : alarm.Setpoint;
        var sign = alarm.Type == ConditionType.RateUp ? 1 : -1;
        var running = state[Running] - 1;
        var isFast = IsFast(At(state, running - Parts), value, sign, change);
        due = PlantTime.Never;
        for (var start = running - Parts + 1; start <= running + 1; start++)
        {
            if (IsFast(start > running ? value : At(state, start), value, sign, change) != isFast)
            {
                due = new((start + Parts) * part);
                break;
            }
        }

        return isFast ? Truth.Abnormal : Truth.Normal;
    }

    private static bool IsFast(double before, double now, int sign, double change) => before != now && sign * (now - before) >= change;

    private static void Begin(Span<long> state, long part, double value)
    {
        state[Running] = part + 1;
        state[Last] = BitConverter.DoubleToInt64Bits(value);
        state.Slice(First, Parts + 1).Fill(state[Last]);
    }

    private static void Advance(Span<long> state, long part)
    {
        for (var next = Math.Max(state[Running], part - Parts); next <= part; next++)
        {
            state[PlaceOf(next)] = state[Last];
        }

        state[Running] = Math.Max(state[Running], part + 1);
    }

    private static double At(Span<long> state, long part) => BitConverter.Int64BitsToDouble(state[PlaceOf(part)]);

    private static int PlaceOf(long part) => First + PartRing.PlaceOf(part, Parts);
}
