namespace EdgeAlarm.Gateway.Alarming;

/// <summary>What a replay found.</summary>
/// <param name="From">Position at which it began; above 0 where older segments went and it began at a snapshot.</param>
/// <param name="Inputs">Inputs that were folded.</param>
/// <param name="Samples">Samples that were folded.</param>
/// <param name="Events">Recorded events that were compared, byte for byte.</param>
/// <param name="Differences">Events that differ.</param>
/// <param name="FirstDifference">The first of them.</param>
/// <param name="Damage">Where the recording is damaged, in words; null if it is not.</param>
public sealed record ReplayResult(long From, long Inputs, long Samples, long Events, long Differences, ReplayDifference? FirstDifference, string? Damage)
{
    /// <summary>Whether every recorded event came again, and no other, from a recording without damage.</summary>
    public bool IsIdentical => Differences == 0 && Damage is null;
}
