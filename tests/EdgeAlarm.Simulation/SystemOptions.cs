namespace EdgeAlarm.Simulation;

/// <summary>The plant of a system test.</summary>
internal sealed record SystemOptions
{
    /// <summary>Tags of the server; each has one alarm of its own.</summary>
    public required int Tags { get; init; }

    /// <summary>A tag changes on each every-th tick of 100 ms. With 2 an excursion above the limit lasts about a second: shorter than a restart, so that a
    /// gateway that forgets its own absence is found out.</summary>
    public int Every { get; init; } = 2;

    /// <summary>Break of the connection that must lose nothing.</summary>
    public string RidesOut { get; init; } = "30s";
}
