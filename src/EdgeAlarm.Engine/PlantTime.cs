namespace EdgeAlarm.Engine;

/// <summary>
/// Monotonic time of the gateway, in 100 ns ticks of UTC as it was when the gateway's first journal began. It never goes back:
/// across a restart it goes on from its last value plus the non-negative difference of the wall clock.
/// </summary>
/// <param name="Ticks">100 ns ticks since 0001-01-01T00:00:00Z; at least 0.</param>
public readonly record struct PlantTime(long Ticks) : IComparable<PlantTime>
{
    /// <summary>The time before everything.</summary>
    public static readonly PlantTime Zero;

    /// <summary>Later than anything: "no deadline".</summary>
    public static readonly PlantTime Never = new(long.MaxValue);

    /// <inheritdoc />
    public int CompareTo(PlantTime other) => Ticks.CompareTo(other.Ticks);

    /// <summary>The later of two times.</summary>
    public static PlantTime Max(PlantTime left, PlantTime right) => left.Ticks >= right.Ticks ? left : right;

    /// <summary>The earlier of two times.</summary>
    public static PlantTime Min(PlantTime left, PlantTime right) => left.Ticks <= right.Ticks ? left : right;

    /// <summary>Adds a duration; stays at <see cref="Never"/> instead of overflowing.</summary>
    public static PlantTime operator +(PlantTime time, TimeSpan duration) =>
        duration.Ticks > 0 && time.Ticks > long.MaxValue - duration.Ticks ? Never : new(time.Ticks + duration.Ticks);

    /// <summary>The duration from <paramref name="right"/> to <paramref name="left"/>.</summary>
    public static TimeSpan operator -(PlantTime left, PlantTime right) => new(left.Ticks - right.Ticks);

    /// <summary>Whether <paramref name="left"/> is earlier.</summary>
    public static bool operator <(PlantTime left, PlantTime right) => left.Ticks < right.Ticks;

    /// <summary>Whether <paramref name="left"/> is later.</summary>
    public static bool operator >(PlantTime left, PlantTime right) => left.Ticks > right.Ticks;

    /// <summary>Whether <paramref name="left"/> is not later.</summary>
    public static bool operator <=(PlantTime left, PlantTime right) => left.Ticks <= right.Ticks;

    /// <summary>Whether <paramref name="left"/> is not earlier.</summary>
    public static bool operator >=(PlantTime left, PlantTime right) => left.Ticks >= right.Ticks;
}
