namespace EdgeAlarm.Engine;

/// <summary>
/// A suppression by design as a table: one method a phase, one arm a signal. Whatever is not known suppresses nothing; a suppression that lasted as long as it may begins
/// again only when its trigger was seen to end. What is away with all that it hides goes on: none of it could be annunciated by a value of now, and a cable that is pulled is
/// no news of five hundred alarms of a unit that stands.
/// </summary>
internal static class SuppressionPhases
{
    /// <summary>The phase that a signal leads to.</summary>
    /// <exception cref="InvariantViolation">A timer ran that has no meaning in this phase.</exception>
    public static SuppressionPhase On(SuppressionPhase phase, SuppressionSignal signal) => phase switch
    {
        SuppressionPhase.Off => InOff(signal),
        SuppressionPhase.Entering => InEntering(signal),
        SuppressionPhase.On => InOn(signal),
        SuppressionPhase.Leaving => InLeaving(signal),
        SuppressionPhase.Expired => InExpired(signal),
    };

    private static SuppressionPhase InOff(SuppressionSignal signal) => signal switch
    {
        SuppressionSignal.True => SuppressionPhase.Entering,
        SuppressionSignal.False => SuppressionPhase.Off,
        SuppressionSignal.Unknown => SuppressionPhase.Off,
        SuppressionSignal.Away => SuppressionPhase.Off,
        SuppressionSignal.Elapsed => throw Impossible(SuppressionPhase.Off),
    };

    private static SuppressionPhase InEntering(SuppressionSignal signal) => signal switch
    {
        SuppressionSignal.True => SuppressionPhase.Entering,
        SuppressionSignal.False => SuppressionPhase.Off,
        SuppressionSignal.Unknown => SuppressionPhase.Off,
        SuppressionSignal.Away => SuppressionPhase.Off,
        SuppressionSignal.Elapsed => SuppressionPhase.On,
    };

    private static SuppressionPhase InOn(SuppressionSignal signal) => signal switch
    {
        SuppressionSignal.True => SuppressionPhase.On,
        SuppressionSignal.False => SuppressionPhase.Leaving,
        SuppressionSignal.Unknown => SuppressionPhase.Off,
        SuppressionSignal.Away => SuppressionPhase.On,
        SuppressionSignal.Elapsed => SuppressionPhase.Expired,
    };

    private static SuppressionPhase InLeaving(SuppressionSignal signal) => signal switch
    {
        SuppressionSignal.True => SuppressionPhase.On,
        SuppressionSignal.False => SuppressionPhase.Leaving,
        SuppressionSignal.Unknown => SuppressionPhase.Off,
        SuppressionSignal.Away => SuppressionPhase.Leaving,
        SuppressionSignal.Elapsed => SuppressionPhase.Off,
    };

    private static SuppressionPhase InExpired(SuppressionSignal signal) => signal switch
    {
        SuppressionSignal.True => SuppressionPhase.Expired,
        SuppressionSignal.False => SuppressionPhase.Off,
        SuppressionSignal.Unknown => SuppressionPhase.Expired,
        SuppressionSignal.Away => SuppressionPhase.Expired,
        SuppressionSignal.Elapsed => throw Impossible(SuppressionPhase.Expired),
    };

    private static InvariantViolation Impossible(SuppressionPhase phase) => new($"A suppression by design is {phase} and its timer ran out; no timer runs then.");
}
