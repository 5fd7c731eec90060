namespace EdgeAlarm.Engine;

/// <summary>
/// The time of a condition that stands still while a tag that it reads is bad, as its delays do: what was counted before goes on after. The first
/// <see cref="Length"/> words of the condition's state are this clock.
/// </summary>
/// <param name="state">The condition's state: time that did not count, begin of the present standstill (+1, 0 for none), latest time that was judged (+1, 0 for none).</param>
internal readonly ref struct WindowClock(Span<long> state)
{
    /// <summary>Words of state.</summary>
    public const int Length = 3;

    private readonly Span<long> _state = state;

    /// <summary>Whether nothing was judged yet.</summary>
    public bool IsFresh => _state[2] == 0;

    /// <summary>The latest time that was judged, this clock's own.</summary>
    public long Latest => _state[2] - 1;

    /// <summary>The value cannot be evaluated from here on.</summary>
    public void Stop(PlantTime time)
    {
        if (_state[1] == 0)
        {
            _state[1] = Math.Max(time.Ticks, Latest + _state[0]) + 1;
        }
    }

    /// <summary>It can be evaluated at a moment.</summary>
    /// <returns>The clock's own time; it never goes back, though a tick may be ahead of a sample that is still on its way.</returns>
    public long Go(PlantTime time)
    {
        if (_state[1] != 0)
        {
            _state[0] += Math.Max(0, time.Ticks - (_state[1] - 1));
            _state[1] = 0;
        }

        _state[2] = Math.Max(_state[2], FromPlant(time) + 1);
        return Latest;
    }

    /// <summary>A plant time as this clock's own.</summary>
    public long FromPlant(PlantTime time) => time.Ticks - _state[0];

    /// <summary>A time of this clock as plant time.</summary>
    public PlantTime ToPlant(long own) => own == long.MaxValue ? PlantTime.Never : new(own + _state[0]);
}
