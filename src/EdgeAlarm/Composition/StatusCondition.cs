namespace EdgeAlarm.Composition;

/// <summary>A system condition that stands.</summary>
internal sealed record StatusCondition(string Name, string Detail, DateTime Since);
