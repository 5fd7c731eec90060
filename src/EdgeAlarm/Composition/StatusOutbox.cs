namespace EdgeAlarm.Composition;

/// <summary>What the outbox holds.</summary>
internal sealed record StatusOutbox(long Waiting, long First, long Last, bool Refilling);
