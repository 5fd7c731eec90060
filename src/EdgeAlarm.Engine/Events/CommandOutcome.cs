namespace EdgeAlarm.Engine;

/// <summary>What became of an operator's command. A refusal is a fact of the plant, not an error.</summary>
public enum CommandOutcome
{
    /// <summary>Done; an event says so.</summary>
    Accepted,

    /// <summary>Somebody was faster; the first acknowledgement counts.</summary>
    AlreadyAcknowledged,

    /// <summary>The alarm has nothing to acknowledge.</summary>
    NothingToAcknowledge,

    /// <summary>The occurrence is not the present one: acknowledge what is shown now.</summary>
    StaleOccurrence,

    /// <summary>There is no alarm of that name.</summary>
    UnknownAlarm,

    /// <summary>The alarm is suppressed: nothing is shown that could be acknowledged or reset.</summary>
    NotAnnunciated,

    /// <summary>The alarm's class wants a note, or the command a reason, and there is none.</summary>
    NoteRequired,

    /// <summary>There is no latch to reset.</summary>
    NotLatched,

    /// <summary>The condition still stands: a latch can be reset when it has returned.</summary>
    StillActive,

    /// <summary>The latch can be reset when the occurrence is acknowledged.</summary>
    NotAcknowledged,

    /// <summary>The alarm's class does not allow this: it is never shelved, or never taken out of service.</summary>
    NotAllowed,

    /// <summary>The end lies beyond what the alarm's class allows, all extensions counted, or there is none.</summary>
    BeyondLimit,

    /// <summary>Shelving until the return needs a condition that stands.</summary>
    NotActive,

    /// <summary>The alarm is not shelved.</summary>
    NotShelved,

    /// <summary>The alarm is not out of service.</summary>
    NotOutOfService,

    /// <summary>The alarm is highly managed: a second person has to approve, and by another name.</summary>
    SecondPersonRequired,
}
