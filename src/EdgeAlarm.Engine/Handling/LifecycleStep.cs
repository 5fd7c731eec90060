namespace EdgeAlarm.Engine;

/// <summary>What a trigger does to a lifecycle.</summary>
/// <param name="Next">The state after it.</param>
/// <param name="Event">The event that tells it; null where nothing happened.</param>
/// <param name="Outcome">The answer, for an operator's trigger.</param>
internal readonly record struct LifecycleStep(LifecycleState Next, EventKind? Event, CommandOutcome Outcome);
