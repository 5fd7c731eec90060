using System.Collections.Immutable;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>The gateway at one moment, for screens. Immutable; made by the pump at most four times a second.</summary>
/// <param name="At">Plant time.</param>
/// <param name="Epoch">The epoch in force.</param>
/// <param name="LastSeq">Seq of the last event; 0 if there is none.</param>
/// <param name="FlushedPosition">Everything before it in the journal is durable.</param>
/// <param name="Tags">The tags, by index.</param>
/// <param name="Alarms">The alarms, by index.</param>
/// <param name="Conditions">The system conditions that stand, by name.</param>
/// <param name="Figures">What was counted since the start.</param>
public sealed record GatewayState(
    PlantTime At, Guid Epoch, long LastSeq, long FlushedPosition, ImmutableArray<TagState> Tags, ImmutableArray<AlarmStatus> Alarms, ImmutableArray<StandingCondition> Conditions,
    PumpFigures Figures)
{
    /// <summary>The figures of the alarm system, at most ten seconds old; null before they were made.</summary>
    public KpiReport? Kpis { get; init; }

    /// <summary>The space on the recorder's disk, at most a minute old; null where nobody watches it, or before the first look.</summary>
    public SpaceState? Space { get; init; }
}
