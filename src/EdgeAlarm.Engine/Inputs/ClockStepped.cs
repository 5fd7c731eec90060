namespace EdgeAlarm.Engine;

/// <summary>The gateway's wall clock stepped against its monotonic clock.</summary>
/// <param name="At">Plant time.</param>
/// <param name="Step">By how much; negative is back.</param>
public sealed record ClockStepped(PlantTime At, TimeSpan Step) : Input(At);
