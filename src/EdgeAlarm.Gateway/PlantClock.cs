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

    /// <summary>The plant time of an earlier reading of the TimeProvider's timestamp.</summary>
    /// <param name="timestamp">From <see cref="TimeProvider.GetTimestamp"/>; a moment before the start of this clock counts as its start.</param>
    public PlantTime At(long timestamp) => PlantTime.Max(_start, _start + _time.GetElapsedTime(_startTimestamp, timestamp));

    /// <summary>The reading of the wall clock (ReceivedAt) at an earlier reading of the TimeProvider's timestamp, if it was not set meanwhile.</summary>
    /// <param name="timestamp">From <see cref="TimeProvider.GetTimestamp"/>.</param>
    public UtcTime WallClockAt(long timestamp) => new(_time.GetUtcNow().UtcTicks - _time.GetElapsedTime(timestamp).Ticks);

    /// <summary>The present reading of the wall clock (ReceivedAt).</summary>
    public UtcTime WallClock => new(_time.GetUtcNow().UtcTicks);
}
