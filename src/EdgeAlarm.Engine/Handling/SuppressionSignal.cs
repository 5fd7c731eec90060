namespace EdgeAlarm.Engine;

/// <summary>What a suppression by design is told.</summary>
internal enum SuppressionSignal
{
    /// <summary>Its trigger holds.</summary>
    True,

    /// <summary>Its trigger does not hold.</summary>
    False,

    /// <summary>Whether it holds is not known: the value that says it is away, old or doubtful.</summary>
    Unknown,

    /// <summary>The running delay, or the longest time, is over.</summary>
    Elapsed,
}
