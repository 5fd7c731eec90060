namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>Tags to be read by the audit.</summary>
/// <param name="Tags">The tags; may be none.</param>
/// <param name="IsSecond">Whether they differed in a first reading.</param>
internal readonly record struct AuditReading(IReadOnlyList<MonitoredTag> Tags, bool IsSecond);
