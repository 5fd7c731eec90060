using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Puts the samples of a message in the order in which they came to be in the plant. A server lists them item by item, so that a burst tells the whole afternoon of one tag
/// before the first word of the next; an alarm that reads both would meet values together that never were.
/// </summary>
/// <remarks>
/// By SourceTime, as the engine counts ConditionTime: within a tag the server's order stays, and a time that goes back counts as the one before; what has none came when it was
/// received, behind all others. Reused, so that a message costs no memory; not thread-safe.
/// </remarks>
internal sealed class SampleOrder
{
    private (long Time, int Position)[] _keys = [];
    private (int Run, long Time)[] _latest = [];
    private int _run;

    /// <summary>Puts samples in order.</summary>
    public void Sort(Span<Sample> samples)
    {
        _run++;
        if (_keys.Length < samples.Length)
        {
            _keys = new (long, int)[Math.Max(samples.Length, 2 * _keys.Length)];
        }
        var isInOrder = true;
        for (var position = 0; position < samples.Length; position++)
        {
            _keys[position] = (TimeOf(in samples[position]), position);
            isInOrder &= position == 0 || _keys[position - 1].Time <= _keys[position].Time;
        }
        if (!isInOrder)
        {
            _keys.AsSpan(0, samples.Length).Sort(samples);
        }
    }

    private long TimeOf(in Sample sample)
    {
        if (_latest.Length <= sample.Tag)
        {
            Array.Resize(ref _latest, Math.Max(sample.Tag + 1, 2 * _latest.Length));
        }
        ref var latest = ref _latest[sample.Tag];
        var time = sample.SourceTime.IsMissing ? long.MaxValue : sample.SourceTime.Ticks;
        latest = (_run, latest.Run == _run ? Math.Max(latest.Time, time) : time);
        return latest.Time;
    }
}
