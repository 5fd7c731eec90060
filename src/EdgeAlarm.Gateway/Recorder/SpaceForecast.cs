using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// Estimates when the disk is full: from how the recording grew over the last hours, which ends at its own limit, and how everything else on the disk did, which does not. One thread.
/// </summary>
internal sealed class SpaceForecast
{
    private const int LooksMax = 128;

    // shorter, and one large file of somebody would be the end of the world
    private static readonly TimeSpan SpanMin = TimeSpan.FromMinutes(10);

    private readonly Queue<(PlantTime At, long Free, long Own)> _looks = new();
    private (PlantTime At, long Free, long Own) _last;

    /// <summary>Takes in a look at the disk, a minute or more after the one before; the estimate goes back over 128 of them.</summary>
    /// <param name="at">Plant time.</param>
    /// <param name="free">Bytes that are free.</param>
    /// <param name="own">Bytes of the recording.</param>
    public void Look(PlantTime at, long free, long own)
    {
        _last = (at, free, own);
        _looks.Enqueue(_last);
        if (_looks.Count > LooksMax)
        {
            _looks.Dequeue();
        }
    }

    /// <summary>The time until nothing is free if all goes on as it did; null where it never is, or where too little was seen.</summary>
    /// <param name="ownMax">Bytes at which the recording grows no more.</param>
    public TimeSpan? TimeToFull(long ownMax)
    {
        if (_looks.Count == 0 || _last.At - _looks.Peek().At < SpanMin)
        {
            return null;
        }

        var first = _looks.Peek();
        var seconds = (_last.At - first.At).TotalSeconds;
        var own = Math.Max(0, (_last.Own - first.Own) / seconds);
        // what others took is what went beyond the recording's own growth
        var others = Math.Max(0, (first.Free + first.Own - _last.Free - _last.Own) / seconds);
        var room = own > 0 ? Math.Max(0, ownMax - _last.Own) : 0;
        if (own + others > 0 && own * (_last.Free / (own + others)) <= room)
        {
            return Seconds(_last.Free / (own + others));
        }

        return others > 0 ? Seconds(Math.Max(0, _last.Free - room) / others) : null;
    }

    private static TimeSpan? Seconds(double seconds) => seconds < TimeSpan.FromDays(3650).TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
}
