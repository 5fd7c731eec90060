using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Outbox;

/// <summary>What the outbox holds of one epoch.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="First">Lowest seq that is neither receipted nor lost to the journal; <c>Last + 1</c> if there is none.</param>
/// <param name="Last">Last seq that the journal has.</param>
/// <param name="Receipted">Receipted through this seq.</param>
/// <param name="Readable">Last seq that can be read now; below <paramref name="Last"/> while the outbox is behind the journal.</param>
public sealed record OutboxEpoch(Guid Epoch, long First, long Last, long Receipted, long Readable)
{
    /// <summary>Number of events that are not receipted.</summary>
    public long Count => Last - First + 1;

    /// <summary>As published on the topic <c>outbox</c>.</summary>
    public OutboxRange Range => new(Epoch, First, Last);
}
