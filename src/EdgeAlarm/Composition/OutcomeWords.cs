using EdgeAlarm.Engine;

namespace EdgeAlarm.Composition;

/// <summary>Outcomes of commands in an operator's words.</summary>
internal static class OutcomeWords
{
    public static string Of(CommandOutcome outcome) => outcome switch
    {
        CommandOutcome.Accepted => "acknowledged.",
        CommandOutcome.AlreadyAcknowledged => "somebody else was faster; it is acknowledged already.",
        CommandOutcome.NothingToAcknowledge => "there is nothing to acknowledge.",
        CommandOutcome.StaleOccurrence => "it was raised again meanwhile; acknowledge the new occurrence.",
        CommandOutcome.UnknownAlarm => "there is no such alarm.",
    };
}
