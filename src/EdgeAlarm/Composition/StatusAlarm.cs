namespace EdgeAlarm.Composition;

/// <summary>An alarm that stands or waits for its acknowledgement.</summary>
internal sealed record StatusAlarm(string Id, string State, string Priority, string Message, DateTime Since);
