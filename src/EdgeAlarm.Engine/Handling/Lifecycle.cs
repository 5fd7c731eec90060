namespace EdgeAlarm.Engine;

/// <summary>
/// The lifecycle of an alarm as a table (ISA-18.2 §5; states A to F). One method a state, one arm a trigger. The lifecycle goes on under suppression; what is suppressed
/// is only what the operator sees, and what he does not see he cannot acknowledge. An acknowledgement never touches the condition: the condition is no part of this
/// table, it only triggers it. What nobody acknowledged stays unacknowledged, whatever happens to it.
/// </summary>
internal static class Lifecycle
{
    /// <summary>The step that a trigger makes.</summary>
    /// <exception cref="InvariantViolation">The pair cannot be: the condition changed to what it already was, or a timer ran that has no meaning in this state.</exception>
    public static LifecycleStep On(LifecycleState state, LifecycleTrigger trigger, LifecycleRule rule) => state switch
    {
        LifecycleState.Normal => InNormal(trigger, rule),
        LifecycleState.Unacknowledged => InUnacknowledged(trigger, rule),
        LifecycleState.Acknowledged => InAcknowledged(trigger, rule),
        LifecycleState.ReturnedUnacknowledged => InReturnedUnacknowledged(trigger, rule),
        LifecycleState.LatchedUnacknowledged => InLatchedUnacknowledged(trigger, rule),
        LifecycleState.LatchedAcknowledged => InLatchedAcknowledged(trigger, rule),
    };

    // Condition false, nothing to acknowledge.
    private static LifecycleStep InNormal(LifecycleTrigger trigger, LifecycleRule rule) => trigger switch
    {
        LifecycleTrigger.ConditionTrue => Activate(rule.AckRequired),
        LifecycleTrigger.ConditionFalse => throw Impossible(LifecycleState.Normal, trigger),
        LifecycleTrigger.Worsened => throw Impossible(LifecycleState.Normal, trigger),
        LifecycleTrigger.Eased => throw Impossible(LifecycleState.Normal, trigger),
        LifecycleTrigger.Acknowledge => Stay(LifecycleState.Normal, CommandOutcome.NothingToAcknowledge),
        LifecycleTrigger.Reset => Stay(LifecycleState.Normal, CommandOutcome.NotLatched),
        LifecycleTrigger.ResetDue => throw Impossible(LifecycleState.Normal, trigger),
        LifecycleTrigger.ReAlarmDue => throw Impossible(LifecycleState.Normal, trigger),
        LifecycleTrigger.SuppressionEnded => Shown(LifecycleState.Normal, trigger, rule, Stay(LifecycleState.Normal)),
        LifecycleTrigger.Withdraw => Stay(LifecycleState.Normal),
    };

    // Condition true, not acknowledged.
    private static LifecycleStep InUnacknowledged(LifecycleTrigger trigger, LifecycleRule rule) => trigger switch
    {
        LifecycleTrigger.ConditionTrue => throw Impossible(LifecycleState.Unacknowledged, trigger),
        LifecycleTrigger.ConditionFalse => Go(rule.IsLatching ? LifecycleState.LatchedUnacknowledged : LifecycleState.ReturnedUnacknowledged, EventKind.Returned),
        LifecycleTrigger.Worsened => Go(LifecycleState.Unacknowledged, EventKind.Worsened),
        LifecycleTrigger.Eased => Go(LifecycleState.Unacknowledged, EventKind.Eased),
        LifecycleTrigger.Acknowledge => Acknowledge(LifecycleState.Unacknowledged, LifecycleState.Acknowledged, rule),
        LifecycleTrigger.Reset => Stay(LifecycleState.Unacknowledged, CommandOutcome.StillActive),
        LifecycleTrigger.ResetDue => throw Impossible(LifecycleState.Unacknowledged, trigger),
        LifecycleTrigger.ReAlarmDue => Shown(LifecycleState.Unacknowledged, trigger, rule, Go(LifecycleState.Unacknowledged, EventKind.ReAlarmed)),
        LifecycleTrigger.SuppressionEnded => Shown(LifecycleState.Unacknowledged, trigger, rule, Go(LifecycleState.Unacknowledged, EventKind.Activated)),
        LifecycleTrigger.Withdraw => Go(LifecycleState.Normal, EventKind.Withdrawn),
    };

    // Condition true, acknowledged. After a suppression the operator has to confirm anew: he could not see it meanwhile.
    private static LifecycleStep InAcknowledged(LifecycleTrigger trigger, LifecycleRule rule) => trigger switch
    {
        LifecycleTrigger.ConditionTrue => throw Impossible(LifecycleState.Acknowledged, trigger),
        LifecycleTrigger.ConditionFalse => Go(rule.IsLatching ? LifecycleState.LatchedAcknowledged : LifecycleState.Normal, EventKind.Returned),
        LifecycleTrigger.Worsened => Go(rule.AckRequired ? LifecycleState.Unacknowledged : LifecycleState.Acknowledged, EventKind.Worsened),
        LifecycleTrigger.Eased => Go(LifecycleState.Acknowledged, EventKind.Eased),
        LifecycleTrigger.Acknowledge => Stay(LifecycleState.Acknowledged, CommandOutcome.AlreadyAcknowledged),
        LifecycleTrigger.Reset => Stay(LifecycleState.Acknowledged, CommandOutcome.StillActive),
        LifecycleTrigger.ResetDue => throw Impossible(LifecycleState.Acknowledged, trigger),
        LifecycleTrigger.ReAlarmDue => Shown(LifecycleState.Acknowledged, trigger, rule, Activate(rule.AckRequired) with { Event = EventKind.ReAlarmed }),
        LifecycleTrigger.SuppressionEnded => Shown(LifecycleState.Acknowledged, trigger, rule, Activate(rule.AckRequired)),
        LifecycleTrigger.Withdraw => Go(LifecycleState.Normal, EventKind.Withdrawn),
    };

    // Condition false again before anybody acknowledged. A new activation is a new occurrence; the old one is closed as never acknowledged.
    private static LifecycleStep InReturnedUnacknowledged(LifecycleTrigger trigger, LifecycleRule rule) => trigger switch
    {
        LifecycleTrigger.ConditionTrue => Go(LifecycleState.Unacknowledged, EventKind.Activated),
        LifecycleTrigger.ConditionFalse => throw Impossible(LifecycleState.ReturnedUnacknowledged, trigger),
        LifecycleTrigger.Worsened => throw Impossible(LifecycleState.ReturnedUnacknowledged, trigger),
        LifecycleTrigger.Eased => throw Impossible(LifecycleState.ReturnedUnacknowledged, trigger),
        LifecycleTrigger.Acknowledge => Acknowledge(LifecycleState.ReturnedUnacknowledged, LifecycleState.Normal, rule),
        LifecycleTrigger.Reset => Stay(LifecycleState.ReturnedUnacknowledged, CommandOutcome.NotLatched),
        LifecycleTrigger.ResetDue => throw Impossible(LifecycleState.ReturnedUnacknowledged, trigger),
        LifecycleTrigger.ReAlarmDue => throw Impossible(LifecycleState.ReturnedUnacknowledged, trigger),
        LifecycleTrigger.SuppressionEnded => Shown(LifecycleState.ReturnedUnacknowledged, trigger, rule, Stay(LifecycleState.ReturnedUnacknowledged)),
        LifecycleTrigger.Withdraw => Go(LifecycleState.Normal, EventKind.Withdrawn),
    };

    // Condition false, the latch holds the indication, and nobody acknowledged.
    private static LifecycleStep InLatchedUnacknowledged(LifecycleTrigger trigger, LifecycleRule rule) => trigger switch
    {
        LifecycleTrigger.ConditionTrue => Go(LifecycleState.Unacknowledged, EventKind.Activated),
        LifecycleTrigger.ConditionFalse => throw Impossible(LifecycleState.LatchedUnacknowledged, trigger),
        LifecycleTrigger.Worsened => throw Impossible(LifecycleState.LatchedUnacknowledged, trigger),
        LifecycleTrigger.Eased => throw Impossible(LifecycleState.LatchedUnacknowledged, trigger),
        LifecycleTrigger.Acknowledge => Acknowledge(LifecycleState.LatchedUnacknowledged, LifecycleState.LatchedAcknowledged, rule),
        LifecycleTrigger.Reset => Stay(LifecycleState.LatchedUnacknowledged, CommandOutcome.NotAcknowledged),
        LifecycleTrigger.ResetDue => throw Impossible(LifecycleState.LatchedUnacknowledged, trigger),
        LifecycleTrigger.ReAlarmDue => throw Impossible(LifecycleState.LatchedUnacknowledged, trigger),
        LifecycleTrigger.SuppressionEnded => Shown(LifecycleState.LatchedUnacknowledged, trigger, rule, Stay(LifecycleState.LatchedUnacknowledged)),
        LifecycleTrigger.Withdraw => Go(LifecycleState.Normal, EventKind.Withdrawn),
    };

    // Condition false, acknowledged, and the latch waits for its reset (OPC 10000-9 §5.8.5: a reset wants the condition inactive and acknowledged).
    private static LifecycleStep InLatchedAcknowledged(LifecycleTrigger trigger, LifecycleRule rule) => trigger switch
    {
        LifecycleTrigger.ConditionTrue => Activate(rule.AckRequired),
        LifecycleTrigger.ConditionFalse => throw Impossible(LifecycleState.LatchedAcknowledged, trigger),
        LifecycleTrigger.Worsened => throw Impossible(LifecycleState.LatchedAcknowledged, trigger),
        LifecycleTrigger.Eased => throw Impossible(LifecycleState.LatchedAcknowledged, trigger),
        LifecycleTrigger.Acknowledge => Stay(LifecycleState.LatchedAcknowledged, CommandOutcome.AlreadyAcknowledged),
        LifecycleTrigger.Reset => rule.IsSuppressed
            ? Stay(LifecycleState.LatchedAcknowledged, CommandOutcome.NotAnnunciated)
            : Go(LifecycleState.Normal, EventKind.Reset),
        LifecycleTrigger.ResetDue => Go(LifecycleState.Normal, EventKind.Reset),
        LifecycleTrigger.ReAlarmDue => throw Impossible(LifecycleState.LatchedAcknowledged, trigger),
        LifecycleTrigger.SuppressionEnded => Shown(LifecycleState.LatchedAcknowledged, trigger, rule, Stay(LifecycleState.LatchedAcknowledged)),
        LifecycleTrigger.Withdraw => Go(LifecycleState.Normal, EventKind.Withdrawn),
    };

    private static LifecycleStep Activate(bool ackRequired) =>
        Go(ackRequired ? LifecycleState.Unacknowledged : LifecycleState.Acknowledged, EventKind.Activated);

    private static LifecycleStep Acknowledge(LifecycleState from, LifecycleState next, LifecycleRule rule) =>
        rule.IsSuppressed ? Stay(from, CommandOutcome.NotAnnunciated) : Go(next, EventKind.Acknowledged);

    // what only an annunciated alarm can be told
    private static LifecycleStep Shown(LifecycleState from, LifecycleTrigger trigger, LifecycleRule rule, LifecycleStep step) =>
        rule.IsSuppressed ? throw Impossible(from, trigger) : step;

    private static LifecycleStep Go(LifecycleState next, EventKind kind) => new(next, kind, CommandOutcome.Accepted);

    private static LifecycleStep Stay(LifecycleState state, CommandOutcome outcome = CommandOutcome.Accepted) => new(state, null, outcome);

    private static InvariantViolation Impossible(LifecycleState state, LifecycleTrigger trigger) =>
        new($"The lifecycle is {state} and was told {trigger}; the condition, its timers and the lifecycle have come apart.");
}
