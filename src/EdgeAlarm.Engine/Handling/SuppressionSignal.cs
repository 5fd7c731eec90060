namespace EdgeAlarm.Engine;

/// <summary>What a suppression by design is told.</summary>
internal enum SuppressionSignal
{
    /// <summary>Its trigger holds.</summary>
    True,

    /// <summary>Its trigger does not hold.</summary>
    False,

    /// <summary>Whether it holds is not known: the value that says it is old or doubtful, or away while what it hides is live.</summary>
    Unknown,

    /// <summary>Whether it holds is not known only because its source is away, or has not told it yet; and so is all that is hidden by it.</summary>
    Away,

    /// <summary>The running delay, or the longest time, is over.</summary>
    Elapsed,
}
