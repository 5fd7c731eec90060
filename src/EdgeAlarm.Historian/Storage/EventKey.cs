namespace EdgeAlarm.Historian.Storage;

/// <summary>The key of an event at the centre; equal keys must mean equal bytes (design rule R6).</summary>
/// <param name="Gateway"><c>{site}/{gateway}</c>, as the topic names them.</param>
/// <param name="Epoch">The epoch of the gateway's journal.</param>
/// <param name="Seq">Dense from 1 within the epoch.</param>
public readonly record struct EventKey(string Gateway, Guid Epoch, long Seq) : IComparable<EventKey>
{
    /// <summary>By gateway (ordinal), epoch, seq: the order in which rows are written, so that two writers can never wait for each other.</summary>
    public int CompareTo(EventKey other)
    {
        var byGateway = string.CompareOrdinal(Gateway, other.Gateway);
        if (byGateway != 0)
        {
            return byGateway;
        }

        var byEpoch = Epoch.CompareTo(other.Epoch);
        return byEpoch != 0 ? byEpoch : Seq.CompareTo(other.Seq);
    }

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <(EventKey left, EventKey right) => left.CompareTo(right) < 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <=(EventKey left, EventKey right) => left.CompareTo(right) <= 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >(EventKey left, EventKey right) => left.CompareTo(right) > 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >=(EventKey left, EventKey right) => left.CompareTo(right) >= 0;
}
