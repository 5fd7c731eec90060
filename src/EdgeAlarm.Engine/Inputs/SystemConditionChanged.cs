namespace EdgeAlarm.Engine;

/// <summary>Something about the gateway itself that people have to know begins or ends (disk, backlog, rejected event, conflict ...).</summary>
/// <param name="At">Plant time.</param>
/// <param name="Name">Stable name, like an alarm's id, e.g. <c>SYS_UPLINK_STOPPED</c>.</param>
/// <param name="Active">Whether it begins or ends.</param>
/// <param name="Detail">Words for people.</param>
public sealed record SystemConditionChanged(PlantTime At, string Name, bool Active, string Detail) : Input(At);
