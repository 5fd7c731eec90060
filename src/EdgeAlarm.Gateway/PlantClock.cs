using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway;

/// <summary>The gateway's monotonic clock: goes on from where the journal ended, whatever the wall clock does. Any thread.</summary>
public sealed class PlantClock
{
    private readonly TimeProvider _time;
    private readonly long _startTimestamp;
    private readonly PlantTime _start;

    /// <summary>Starts the clock.</summary>
    /// <param name="time">Where time comes from.</param>
    /// <param name="start">The plant time of this moment.</param>
    public PlantClock(TimeProvider time, PlantTime start)
    {
        _time = time;
        _start = start;
        _startTimestamp = time.GetTimestamp();
    }

    /// <summary>The present plant time.</summary>
    public PlantTime Now => _start + _time.GetElapsedTime(_startTimestamp);

    /// <summary>The present reading of the wall clock (ReceivedAt).</summary>
    public UtcTime WallClock => new(_time.GetUtcNow().UtcTicks);
}
