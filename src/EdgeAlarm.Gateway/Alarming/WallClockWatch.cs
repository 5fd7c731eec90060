using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>Sees steps of the wall clock against the monotonic one. Slow corrections (NTP slewing) pass, since only the difference since the last look counts.</summary>
internal sealed class WallClockWatch(PlantTime now, UtcTime wallClock)
{
    private static readonly TimeSpan StepMin = TimeSpan.FromSeconds(1);

    private long _offset = wallClock.Ticks - now.Ticks;

    /// <summary>By how much the wall clock stepped since the last look; null if it did not.</summary>
    public TimeSpan? Look(PlantTime now, UtcTime wallClock)
    {
        var offset = wallClock.Ticks - now.Ticks;
        var step = new TimeSpan(offset - _offset);
        _offset = offset;
        return step.Duration() > StepMin ? step : null;
    }
}
