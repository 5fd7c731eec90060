namespace EdgeAlarm.Gateway.Recorder;

/// <summary>What a walk through every byte of a recording found.</summary>
/// <param name="Segments">Segments of the journal.</param>
/// <param name="EventSegments">Event segments.</param>
/// <param name="Packed">How many of both are packed.</param>
/// <param name="Snapshots">Snapshots.</param>
/// <param name="Configurations">Configurations that the segments and snapshots name.</param>
/// <param name="Records">Records that were read and are whole.</param>
/// <param name="Events">The events that are there.</param>
/// <param name="Notes">What is as it should be and may still interest: a torn tail that the next start cuts, files that were set aside.</param>
/// <param name="Findings">What is not sound.</param>
public sealed record VerificationResult(
    int Segments,
    int EventSegments,
    int Packed,
    int Snapshots,
    int Configurations,
    long Records,
    IReadOnlyList<EventRange> Events,
    IReadOnlyList<VerificationFinding> Notes,
    IReadOnlyList<VerificationFinding> Findings)
{
    /// <summary>Whether every byte is as it was written and no event is missing between others.</summary>
    public bool IsSound => Findings.Count == 0;
}
