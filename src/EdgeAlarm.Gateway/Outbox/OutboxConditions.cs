namespace EdgeAlarm.Gateway.Outbox;

/// <summary>Names of the system conditions that the outbox raises and clears.</summary>
public static class OutboxConditions
{
    /// <summary>The database's files were in doubt and are being filled again from the journal.</summary>
    public const string Rebuilding = "SYS_OUTBOX_REBUILDING";

    /// <summary>The database cannot be used; events are read from the journal.</summary>
    public const string Failed = "SYS_OUTBOX_FAILED";

    /// <summary>More unreceipted events than the settings call normal.</summary>
    public const string Backlog = "SYS_OUTBOX_BACKLOG";

    /// <summary>The journal no longer had events that were not receipted: they are lost to the historian.</summary>
    public const string Hole = "SYS_OUTBOX_HOLE";

    /// <summary>An event that the broker will never take was parked; a loss marker went in its place.</summary>
    public const string Parked = "SYS_EVENT_PARKED";
}
