namespace EdgeAlarm.Terminal;

/// <summary>What one refresh of the page shows.</summary>
internal sealed record PageModel
{
    /// <summary>Site and gateway.</summary>
    public required string Title { get; init; }

    /// <summary>How long it runs.</summary>
    public required TimeSpan Up { get; init; }

    /// <summary>The links of the chain in the order of the data.</summary>
    public required IReadOnlyList<LinkRow> Chain { get; init; }

    /// <summary>The tags.</summary>
    public required IReadOnlyList<TagRow> Tags { get; init; }

    /// <summary>Every alarm of the list; the page orders them.</summary>
    public required IReadOnlyList<AlarmRow> Alarms { get; init; }

    /// <summary>The latest events as the historian has them, newest first.</summary>
    public required IReadOnlyList<EventRow> Events { get; init; }

    /// <summary>What happened to the last key that was pressed.</summary>
    public string Answer { get; init; } = string.Empty;
}
