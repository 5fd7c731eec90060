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
}
