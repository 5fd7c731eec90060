namespace EdgeAlarm.Gateway.Acquisition.Proof;

/// <summary>A source as it really is.</summary>
public sealed record SourceProof
{
    /// <summary>Name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>Why it could not be connected, with the next step; null where it could.</summary>
    public string? Failure { get; init; }

    /// <summary>How the server describes itself.</summary>
    public string Server { get; init; } = "";

    /// <summary>Name of the profile that counts.</summary>
    public string Profile { get; init; } = "";

    /// <summary>What is known of servers of this make, each with its source.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Our clock minus the server's; null where it does not tell its time.</summary>
    public TimeSpan? ClockOffset { get; init; }

    /// <summary>Time of one question and its answer.</summary>
    public TimeSpan RoundTrip { get; init; }

    /// <summary>Revised publishing interval.</summary>
    public TimeSpan Publishing { get; init; }

    /// <summary>The shortest break that the queues of all tags ride out; null where nothing is monitored.</summary>
    public TimeSpan? RidesOut { get; init; }

    /// <summary>What is wrong with the source as a whole, each with the next step.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Its tags, in the order of the configuration.</summary>
    public IReadOnlyList<TagProof> Tags { get; init; } = [];

    /// <summary>Whether nothing at all is wrong.</summary>
    public bool IsProved => Failure is null && Faults.Count == 0 && Tags.All(tag => tag.Faults.Count == 0);
}
