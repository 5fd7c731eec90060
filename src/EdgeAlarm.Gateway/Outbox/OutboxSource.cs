using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Outbox;

/// <summary>The journal, as the outbox sees it: what it copies and can always copy again.</summary>
/// <param name="Epochs">The epochs whose events the journal still has, oldest first, with the seqs there are at the start. The last one is the present epoch, even if it has no event yet.</param>
/// <param name="ReadEvents">Flushed events of an epoch from a seq on, ascending; may begin later if the journal no longer has the first ones. Called on the outbox's thread; throwing is a failure that is tried again.</param>
public sealed record OutboxSource(IReadOnlyList<OutboxRange> Epochs, Func<Guid, long, IEnumerable<StoredEvent>> ReadEvents);
