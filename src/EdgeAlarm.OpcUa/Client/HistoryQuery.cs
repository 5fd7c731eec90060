namespace EdgeAlarm.OpcUa.Client;

/// <summary>Which history to read, and how much of it at most.</summary>
/// <param name="StartTicks">Begin in the server's source time, belongs to it; 100 ns ticks since 0001-01-01.</param>
/// <param name="EndTicks">End, does not belong to it; after the begin.</param>
public sealed record HistoryQuery(long StartTicks, long EndTicks)
{
    /// <summary>Values in one answer; 1 or more, default 1,000. More make answers of megabytes, fewer make more of them.</summary>
    public int PageMax { get; init; } = 1000;

    /// <summary>Values of one node; default 100,000. What lies behind is not read, and the last page says GoodMoreData.</summary>
    public int ValuesMax { get; init; } = 100_000;

    /// <summary>How long it may take; default one minute. Nodes that are not read to their end by then say BadTimeout.</summary>
    public TimeSpan TimeMax { get; init; } = TimeSpan.FromMinutes(1);
}
