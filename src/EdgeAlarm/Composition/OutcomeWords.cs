using EdgeAlarm.Engine;

namespace EdgeAlarm.Composition;

/// <summary>Outcomes of commands in an operator's words.</summary>
internal static class OutcomeWords
{
    public static string Of(CommandOutcome outcome) => outcome switch
    {
        CommandOutcome.Accepted => "done.",
        CommandOutcome.AlreadyAcknowledged => "somebody else was faster; it is acknowledged already.",
        CommandOutcome.NothingToAcknowledge => "there is nothing to acknowledge.",
        CommandOutcome.StaleOccurrence => "it was raised again meanwhile; acknowledge the new occurrence.",
        CommandOutcome.UnknownAlarm => "there is no such alarm.",
        CommandOutcome.NotAnnunciated => "it is suppressed, so nothing of it is shown that could be acknowledged or reset; end the suppression first.",
        CommandOutcome.NoteRequired => "its class wants a note, or the command a reason; say it again with one.",
        CommandOutcome.NotLatched => "it has no latch to reset.",
        CommandOutcome.StillActive => "its condition still stands; reset it when it has returned.",
        CommandOutcome.NotAcknowledged => "it has to be acknowledged before it can be reset.",
        CommandOutcome.NotAllowed => "its class does not allow that.",
        CommandOutcome.BeyondLimit => "that is longer than its class allows, all extensions counted, or no time at all; name a shorter one.",
        CommandOutcome.NotActive => "its condition does not stand, so its return cannot end a shelving; shelve it for a time.",
        CommandOutcome.NotShelved => "it is not shelved.",
        CommandOutcome.NotOutOfService => "it is not out of service.",
        CommandOutcome.SecondPersonRequired => "it is highly managed; a second person has to approve, under another name.",
    };
}
