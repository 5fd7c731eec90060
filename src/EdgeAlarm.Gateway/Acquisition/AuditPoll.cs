using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Reads every monitored tag once in a slow cycle and compares it with what was notified last: a server, or a client's stack, can go on with keep-alives for months
/// while one change never arrives (F-8, F-18). Decisions only; the caller reads. One caller at a time.
/// </summary>
/// <remarks>
/// A value that differs is no proof yet, for its notification may be on its way: it is read a second time when that must have come. Only if the tag had no
/// notification meanwhile, and the value still differs, the change was not notified. A second reading that comes late, or before anything was heard of the subscription since
/// the first, proves nothing either: older values may still wait at the server. It counts as the first.
/// </remarks>
/// <param name="tags">The tags of the source.</param>
/// <param name="cycle">In which each is read once; at least 1 s.</param>
/// <param name="perCall">How many one Read may hold, at least 1.</param>
/// <param name="notifiedWithin">By when a change must have been notified, and a message come in any case: sampling, keep-alive and the way.</param>
/// <param name="now">Now.</param>
internal sealed class AuditPoll(IReadOnlyList<MonitoredTag> tags, TimeSpan cycle, int perCall, TimeSpan notifiedWithin, PlantTime now)
{
    /// <summary>More findings than this within one cycle mean that the subscription is to blame, and not its items.</summary>
    public const int FindingsMax = 10;

    private static readonly HashSet<StatusCode> Unreadable = [StatusCodes.BadUserAccessDenied, StatusCodes.BadNotReadable, StatusCodes.BadServiceUnsupported, StatusCodes.BadDecodingError];

    private readonly Queue<Suspicion> _suspicions = new();
    private readonly TimeSpan _pause = cycle / Math.Max(1, (tags.Count + perCall - 1) / perCall);
    private PlantTime _next = now + (cycle / Math.Max(1, (tags.Count + perCall - 1) / perCall));
    private int _position;
    private int _findings;
    private int _findingsBefore;

    private readonly record struct Suspicion(MonitoredTag Tag, PlantTime? LastSample, PlantTime Since, PlantTime Due);

    /// <summary>When the next reading is due.</summary>
    public PlantTime Due => _suspicions.TryPeek(out var first) ? PlantTime.Min(first.Due, _next) : _next;

    /// <summary>Whether so much was not notified in the present cycle that the whole subscription is not to be believed.</summary>
    public bool IsSubscriptionSuspect => _findings > FindingsMax;

    /// <summary>Whether neither the present cycle nor the one before found anything.</summary>
    public bool IsClean => _findings + _findingsBefore == 0;

    /// <summary>What to read now; may be empty. Each reading is answered by <see cref="Judge"/> or <see cref="Failed"/> before the next.</summary>
    /// <param name="now">Now.</param>
    /// <param name="heard">Arrival of the subscription's last message that was handed on; null before the first.</param>
    public AuditReading Next(PlantTime now, PlantTime? heard)
    {
        var again = new List<MonitoredTag>();
        var isSecond = true;
        while (again.Count < perCall && _suspicions.TryPeek(out var suspicion) && suspicion.Due <= now)
        {
            var proves = now - suspicion.Due <= notifiedWithin && heard > suspicion.Since;
            if (again.Count > 0 && proves != isSecond)
            {
                break;
            }
            _suspicions.Dequeue();
            // any notification since shows that the item lives; the next cycle looks at it again
            if (suspicion.Tag.ItemId != 0 && suspicion.Tag.LastSample == suspicion.LastSample)
            {
                again.Add(suspicion.Tag);
                isSecond = proves;
            }
        }
        return again.Count > 0 ? new(again, isSecond) : new(FirstReading(now), IsSecond: false);
    }

    /// <summary>Compares what was read with what was notified.</summary>
    /// <param name="reading">What was asked for.</param>
    /// <param name="samples">The answers, one for one.</param>
    /// <param name="askedAt">When it was asked.</param>
    /// <returns>What was not notified. The caller hands it on and remembers it as the tag's last value.</returns>
    public IReadOnlyList<AuditFinding> Judge(AuditReading reading, IReadOnlyList<Sample> samples, PlantTime askedAt)
    {
        var findings = new List<AuditFinding>();
        foreach (var (tag, sample) in reading.Tags.Zip(samples))
        {
            if (tag.ItemId == 0 || IsNotified(tag, sample) || tag.LastSample > askedAt)
            {
                continue;
            }
            if (reading.IsSecond)
            {
                findings.Add(new(tag, sample, tag.LastSample));
            }
            else
            {
                _suspicions.Enqueue(new(tag, tag.LastSample, askedAt, askedAt + notifiedWithin));
            }
        }
        _findings += findings.Count;
        return findings;
    }

    /// <summary>The reading failed as a whole; the tags' turn comes again in the next cycle.</summary>
    public void Failed(PlantTime now) => _next = PlantTime.Max(_next, now + _pause);

    private List<MonitoredTag> FirstReading(PlantTime now)
    {
        var first = new List<MonitoredTag>();
        if (now < _next)
        {
            return first;
        }
        _next = PlantTime.Max(_next + _pause, now);
        for (var looked = 0; looked < tags.Count && first.Count < perCall; looked++)
        {
            var tag = tags[_position];
            if (tag.ItemId != 0)
            {
                first.Add(tag);
            }
            if (++_position == tags.Count)
            {
                (_position, _findings, _findingsBefore) = (0, 0, _findings);
                break;
            }
        }
        return first;
    }

    // a user who may subscribe but not read learns nothing here; an older value than the notified one comes from a cache of the server
    private static bool IsNotified(MonitoredTag tag, in Sample sample) =>
        Unreadable.Contains(new StatusCode(sample.Quality.Code).WithoutInfoBits)
        || (tag.LastSample is not null
            && ((tag.Last.Value == sample.Value && (tag.Last.Quality.Code >> 16) == (sample.Quality.Code >> 16))
                || (sample.SourceTime.Ticks != 0 && sample.SourceTime.Ticks < tag.Last.SourceTime.Ticks)));
}
