namespace EdgeAlarm.Engine;

/// <summary>The gateway started on this journal. Alarms that are found active by the first samples are marked so; every source is down until it says otherwise.</summary>
/// <param name="At">Plant time, gone on from the last journaled value.</param>
/// <param name="WallClock">The gateway's wall clock.</param>
/// <param name="WallClockWentBack">Whether the wall clock stood before the last journaled one, so that the time down is not known.</param>
public sealed record GatewayStarted(PlantTime At, UtcTime WallClock, bool WallClockWentBack) : Input(At);
