namespace EdgeAlarm.Gateway.Outbox;

/// <summary>Settings of the outbox.</summary>
public sealed record OutboxOptions
{
    /// <summary>Folder of its files, on a local disk; created if missing. Nothing else may lie in it.</summary>
    public required string Folder { get; init; }

    /// <summary>Most events that wait for the database, default 20,000. Beyond, the outbox falls behind and reads them from the journal later; too low a value makes it do so in every burst.</summary>
    public int InboxEventsMax { get; init; } = 20_000;

    /// <summary>Most bytes that wait for the database, default 32 MB.</summary>
    public long InboxBytesMax { get; init; } = 32L << 20;

    /// <summary>Number of unreceipted events from which on SYS_OUTBOX_BACKLOG is raised, default 100,000; it clears at half of it. Too low a value cries wolf at every broker restart, too high a one tells of a dead historian only when weeks are waiting.</summary>
    public long BacklogEventsMax { get; init; } = 100_000;

    /// <summary>How many pairs of set-aside files are kept for people to look at, default 2; each may be as large as the backlog was.</summary>
    public int SetAsideMax { get; init; } = 2;

    /// <summary>How long to wait before files that could not be opened, or a journal that could not be read, are tried again; default 10 s.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(10);
}
