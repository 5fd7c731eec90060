namespace EdgeAlarm.Gateway.Uplink.Commands;

/// <summary>Why a command is refused before the engine sees it; the name is the outcome in its answer.</summary>
internal enum CommandRefusal
{
    /// <summary>It stands retained on the broker, and would come again with every connection.</summary>
    Retained,

    /// <summary>The principal may not ask for this.</summary>
    NoRight,

    /// <summary>It is older than allowed, or the clocks differ.</summary>
    Expired,

    /// <summary>It may have been carried out before the gateway started, which nobody here remembers.</summary>
    Restarted,

    /// <summary>More came than allowed.</summary>
    TooMany,

    /// <summary>The same id came with another command.</summary>
    IdReused,

    /// <summary>A member that this verb needs is missing or wrong.</summary>
    Malformed,

    /// <summary>The gateway could not record it.</summary>
    Failed,
}
