using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>What the server recorded of a tag while the gateway did not see it: a page of it.</summary>
/// <param name="Tag">Index of the tag in the configuration.</param>
/// <param name="GapStart">Begin of the gap.</param>
/// <param name="GapEnd">End of the gap.</param>
/// <param name="Outcome">The server's code: Good, Bad where there is no history, Good with a sub-code where there is none in the interval or more than was read.</param>
/// <param name="Samples">Samples in the order of their source times, some of them from shortly before and after the gap. Their plant time is their source time by the measured clock.</param>
/// <param name="IsLast">Whether no further page of the tag's gap comes.</param>
public sealed record PlcHistory(int Tag, PlantTime GapStart, PlantTime GapEnd, Quality Outcome, ReadOnlyMemory<Sample> Samples, bool IsLast);
