namespace EdgeAlarm.Engine;

/// <summary>What was told and is no annunciated alarm in these figures.</summary>
/// <param name="ActiveAtStart">Found active by the first samples after a start or a reconnection: a restart is no burst of the plant.</param>
/// <param name="Journal">Of priority journal: recorded only.</param>
public sealed record KpiExcluded(long ActiveAtStart, long Journal);
