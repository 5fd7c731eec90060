using EdgeAlarm.Engine;

namespace EdgeAlarm.Terminal;

/// <summary>An alarm and its state.</summary>
/// <param name="Id">The alarm.</param>
/// <param name="State">Lifecycle.</param>
/// <param name="Priority">Priority.</param>
/// <param name="Message">Operator text.</param>
/// <param name="AckRequired">Whether somebody has to acknowledge it.</param>
/// <param name="Since">Since when it is in this state, local time; null for never.</param>
/// <param name="NotArmed">Why it could not fire now; null where it could.</param>
internal sealed record AlarmRow(string Id, LifecycleState State, AlarmPriority Priority, string Message, bool AckRequired, DateTime? Since, string? NotArmed);
