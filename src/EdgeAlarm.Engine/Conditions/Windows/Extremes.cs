namespace EdgeAlarm.Engine;

/// <summary>
/// The lowest and highest value within a window, in bounded memory: the window is cut into <see cref="Parts"/> parts on a fixed grid, and the part that is running
/// counts beside them. So it looks back by the window at least, and by one part more at most.
/// </summary>
/// <param name="state">The number of the running part (+1, 0 before the first value), the last value, then lowest and highest of each part.</param>
/// <param name="window">The window; at least <see cref="Parts"/> ticks.</param>
internal readonly ref struct Extremes(Span<long> state, TimeSpan window)
{
    /// <summary>Words of state.</summary>
    public const int Length = 2 + (2 * (Parts + 1));

    /// <summary>Parts of a window.</summary>
    public const int Parts = 8;

    /// <summary>Never: no passing of time alone makes it so.</summary>
    public const long Never = long.MaxValue;

    private readonly Span<long> _state = state;
    private readonly long _part = window.Ticks / Parts;

    private long Running => _state[0] - 1;

    private double Last
    {
        get => BitConverter.Int64BitsToDouble(_state[1]);
        set => _state[1] = BitConverter.DoubleToInt64Bits(value);
    }

    /// <summary>Time passes; the last value holds.</summary>
    public void Advance(long time)
    {
        var now = time / _part;
        if (_state[0] == 0)
        {
            return;
        }

        for (var part = Math.Max(Running + 1, now - Parts); part <= now; part++)
        {
            Set(part, Last, Last);
        }

        _state[0] = Math.Max(_state[0], now + 1);
    }

    /// <summary>A value comes, after time has been advanced to it.</summary>
    public void Add(long time, double value)
    {
        if (_state[0] == 0)
        {
            _state[0] = (time / _part) + 1;
            for (var part = Running - Parts; part <= Running; part++)
            {
                Set(part, double.PositiveInfinity, double.NegativeInfinity);
            }
        }

        var (low, high) = Get(Running);
        Set(Running, Math.Min(low, value), Math.Max(high, value));
        Last = value;
    }

    /// <summary>Lowest and highest value of the window.</summary>
    public (double Low, double High) Whole() => Since(Running - Parts);

    /// <summary>When, if no value comes, the first parts have left the window so that the rest satisfies a demand; <see cref="Never"/> if not even the last value alone does.</summary>
    /// <param name="value">Given to the demand.</param>
    /// <param name="margin">Given to the demand.</param>
    /// <param name="demand">Whether low and high of the rest of the window satisfy it; once true for a rest, true for every shorter one.</param>
    public long WhenRest(double value, double margin, Func<double, double, double, double, bool> demand)
    {
        var first = Running + 1;
        var (low, high) = (Last, Last);
        if (!demand(low, high, value, margin))
        {
            return Never;
        }

        for (var part = Running; part >= Running - Parts; part--)
        {
            var (partLow, partHigh) = Get(part);
            (low, high) = (Math.Min(low, partLow), Math.Max(high, partHigh));
            if (!demand(low, high, value, margin))
            {
                break;
            }

            first = part;
        }

        return (first + Parts) * _part;
    }

    private (double Low, double High) Since(long first)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var part = first; part <= Running; part++)
        {
            var (partLow, partHigh) = Get(part);
            (low, high) = (Math.Min(low, partLow), Math.Max(high, partHigh));
        }

        return (low, high);
    }

    private (double Low, double High) Get(long part)
    {
        var place = PlaceOf(part);
        return (BitConverter.Int64BitsToDouble(_state[place]), BitConverter.Int64BitsToDouble(_state[place + 1]));
    }

    private void Set(long part, double low, double high)
    {
        var place = PlaceOf(part);
        _state[place] = BitConverter.DoubleToInt64Bits(low);
        _state[place + 1] = BitConverter.DoubleToInt64Bits(high);
    }

    // plant time may be 0 where a PLC sends nonsense: parts before the first are asked for then
    private static int PlaceOf(long part) => 2 + (2 * PartRing.PlaceOf(part, Parts));
}
