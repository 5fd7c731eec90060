namespace EdgeAlarm.Wire;

/// <summary>What a command from the centre asks for; on the wire and in the settings a word in lower camel case.</summary>
public enum CommandVerb
{
    /// <summary>Acknowledge one occurrence.</summary>
    Acknowledge,

    /// <summary>Reset a latch.</summary>
    Reset,

    /// <summary>Shelve an alarm for a time, or once until its condition returns.</summary>
    Shelve,

    /// <summary>End a shelving.</summary>
    Unshelve,

    /// <summary>Take an alarm out of service for a time.</summary>
    RemoveFromService,

    /// <summary>Put an alarm in service again.</summary>
    ReturnToService,
}
