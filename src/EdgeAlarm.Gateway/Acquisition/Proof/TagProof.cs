namespace EdgeAlarm.Gateway.Acquisition.Proof;

/// <summary>A tag as its server really gives it.</summary>
/// <param name="Index">Index of the tag in the configuration.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">What was read, for people; empty where nothing could be.</param>
/// <param name="Status">Name of the status code that was read, or with which the server refused to monitor it.</param>
/// <param name="Sampling">Revised sampling interval; zero where each change is reported.</param>
/// <param name="Queue">Revised queue size.</param>
/// <param name="DetectablePulse">The shortest pulse that is certain to be seen.</param>
/// <param name="Faults">What is wrong, each with the next step; empty where the tag is proved.</param>
public sealed record TagProof(
    int Index, string Name, string Value, string Status, TimeSpan Sampling, uint Queue, TimeSpan DetectablePulse, IReadOnlyList<string> Faults);
