namespace EdgeAlarm.Gateway.Outbox;

/// <summary>A run of seqs, both ends included.</summary>
internal readonly record struct SeqRange(long First, long Last);
