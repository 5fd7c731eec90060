using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>A system condition that began and has not ended.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Detail">Words for people, as of its beginning or of the last time that it was told.</param>
/// <param name="Since">Plant time of its beginning.</param>
public sealed record StandingCondition(string Name, string Detail, PlantTime Since);
