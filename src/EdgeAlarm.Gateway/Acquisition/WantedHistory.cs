using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>A gap whose history is wanted, and what has come of it.</summary>
/// <param name="tags">The tags; null for every tag of the source.</param>
/// <param name="start">Its begin.</param>
/// <param name="end">Its end.</param>
/// <param name="offset">Plant time minus the server's clock.</param>
/// <param name="attempts">How often its reading broke off.</param>
internal sealed class WantedHistory(HashSet<int>? tags, PlantTime start, PlantTime end, TimeSpan offset, int attempts = 0)
{
    public HashSet<int>? Tags => tags;

    public PlantTime Start => start;

    public PlantTime End => end;

    public TimeSpan Offset => offset;

    public int Attempts => attempts;

    public double Seconds => (end - start).TotalSeconds;

    /// <summary>Samples that have come.</summary>
    public long Samples { get; private set; }

    /// <summary>Tags whose history was read to its end.</summary>
    public int Answered { get; private set; }

    /// <summary>The last refusal of a tag; null where none was.</summary>
    public StatusCode? Refusal { get; private set; }

    public bool Concerns(MonitoredTag other) => tags is null || tags.Contains(other.Tag.Index);

    /// <summary>Takes another tag into it, where it has the same interval and nobody has read of it.</summary>
    public bool Join(int? tag, PlantTime otherStart, PlantTime otherEnd, TimeSpan otherOffset)
    {
        if (otherStart != start || otherEnd != end || otherOffset != offset || attempts > 0 || (tag is null && tags is not null))
        {
            return false;
        }
        if (tag is { } joined)
        {
            tags?.Add(joined);
        }
        return true;
    }

    public void Take(HistoryPage page)
    {
        Samples += page.Values.Count;
        Answered += page is { IsLast: true, Status.IsBad: false } ? 1 : 0;
        Refusal = page.Status.IsBad ? page.Status : Refusal;
    }
}
