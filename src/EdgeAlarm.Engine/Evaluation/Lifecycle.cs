namespace EdgeAlarm.Engine;

/// <summary>
/// The lifecycle of an alarm as a table (ISA-18.2 §5; states A to D, without latching). One method a state, one arm a trigger. An acknowledgement never touches the
/// condition: the condition is no part of this table, it only triggers it.
/// </summary>
internal static class Lifecycle
{
    /// <summary>The step that a trigger makes.</summary>
    /// <exception cref="InvariantViolation">The condition changed to what it already was.</exception>
    public static LifecycleStep On(LifecycleState state, LifecycleTrigger trigger, bool ackRequired) => state switch
    {
        LifecycleState.Normal => InNormal(trigger, ackRequired),
        LifecycleState.Unacknowledged => InUnacknowledged(trigger),
        LifecycleState.Acknowledged => InAcknowledged(trigger),
        LifecycleState.ReturnedUnacknowledged => InReturnedUnacknowledged(trigger, ackRequired),
    };

    // Condition false, nothing to acknowledge.
    private static LifecycleStep InNormal(LifecycleTrigger trigger, bool ackRequired) => trigger switch
    {
        LifecycleTrigger.ConditionTrue => Activate(ackRequired),
        LifecycleTrigger.ConditionFalse => throw Impossible(LifecycleState.Normal, trigger),
        LifecycleTrigger.Acknowledge => Stay(LifecycleState.Normal, CommandOutcome.NothingToAcknowledge),
    };

    // Condition true, not acknowledged.
    private static LifecycleStep InUnacknowledged(LifecycleTrigger trigger) => trigger switch
    {
        LifecycleTrigger.ConditionTrue => throw Impossible(LifecycleState.Unacknowledged, trigger),
        LifecycleTrigger.ConditionFalse => Go(LifecycleState.ReturnedUnacknowledged, EventKind.Returned),
        LifecycleTrigger.Acknowledge => Go(LifecycleState.Acknowledged, EventKind.Acknowledged),
    };

    // Condition true, acknowledged.
    private static LifecycleStep InAcknowledged(LifecycleTrigger trigger) => trigger switch
    {
        LifecycleTrigger.ConditionTrue => throw Impossible(LifecycleState.Acknowledged, trigger),
        LifecycleTrigger.ConditionFalse => Go(LifecycleState.Normal, EventKind.Returned),
        LifecycleTrigger.Acknowledge => Stay(LifecycleState.Acknowledged, CommandOutcome.AlreadyAcknowledged),
    };

    // Condition false again before anybody acknowledged. A new activation is a new occurrence; the old one is closed as never acknowledged.
    private static LifecycleStep InReturnedUnacknowledged(LifecycleTrigger trigger, bool ackRequired) => trigger switch
    {
        LifecycleTrigger.ConditionTrue => Activate(ackRequired),
        LifecycleTrigger.ConditionFalse => throw Impossible(LifecycleState.ReturnedUnacknowledged, trigger),
        LifecycleTrigger.Acknowledge => Go(LifecycleState.Normal, EventKind.Acknowledged),
    };

    private static LifecycleStep Activate(bool ackRequired) =>
        Go(ackRequired ? LifecycleState.Unacknowledged : LifecycleState.Acknowledged, EventKind.Activated);

    private static LifecycleStep Go(LifecycleState next, EventKind kind) => new(next, kind, CommandOutcome.Accepted);

    private static LifecycleStep Stay(LifecycleState state, CommandOutcome outcome) => new(state, null, outcome);

    private static InvariantViolation Impossible(LifecycleState state, LifecycleTrigger trigger) =>
        new($"The lifecycle is {state} and was told {trigger}; the condition and the lifecycle have come apart.");
}
