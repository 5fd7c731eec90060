using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>A value that the server gives when it is asked, but did not notify.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Sample">What was read.</param>
/// <param name="Since">Arrival of the last sample before; null where none ever came.</param>
internal readonly record struct AuditFinding(MonitoredTag Tag, Sample Sample, PlantTime? Since);
