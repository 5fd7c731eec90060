using System.Collections.Immutable;

namespace EdgeAlarm.Engine;

/// <summary>One row of the master alarm list, in the units in which the engine computes.</summary>
/// <param name="Id">Unique, for ever.</param>
/// <param name="Tag">Index of the tag it watches.</param>
/// <param name="Area">Where it belongs.</param>
/// <param name="Message">Operator text.</param>
/// <param name="Type">The condition.</param>
/// <param name="Setpoint">Limit or compared value, in the tag's unit; what is added to <see cref="SetpointTag"/> where that is given.</param>
/// <param name="Deadband">Hysteresis on the way back, in the tag's unit; at least 0.</param>
/// <param name="OnDelay">How long the condition must stand, in ConditionTime; at least 0.</param>
/// <param name="OffDelay">How long it must be gone, in ConditionTime; at least 0.</param>
/// <param name="BadQuality">What bad quality does.</param>
/// <param name="Priority">Importance.</param>
/// <param name="Class">Name of the class.</param>
/// <param name="AckRequired">Whether an operator has to acknowledge each occurrence.</param>
public sealed record AlarmDefinition(
    string Id,
    int Tag,
    string Area,
    string Message,
    ConditionType Type,
    double Setpoint,
    double Deadband,
    TimeSpan OnDelay,
    TimeSpan OffDelay,
    BadQualityPolicy BadQuality,
    AlarmPriority Priority,
    string Class,
    bool AckRequired)
{
    /// <summary>How often at most <see cref="ConditionType.CountInTime"/> may say.</summary>
    public const int CountMax = 20;

    /// <summary>Index of the tag whose value is the limit or compared value, <see cref="Setpoint"/> added to it; null where that is a number.</summary>
    public int? SetpointTag { get; init; }

    /// <summary>Whether the limit itself is still normal: above instead of at or above. Default: it is not.</summary>
    public bool IsExclusive { get; init; }

    /// <summary>The values of <see cref="ConditionType.InSet"/>; otherwise empty.</summary>
    public EquatableArray<double> Set { get; init; }

    /// <summary>The bits of <see cref="ConditionType.Bit"/> and <see cref="ConditionType.Mask"/>; otherwise none.</summary>
    public BitPattern Bits { get; init; }

    /// <summary>Whether <see cref="ConditionType.BadQuality"/> counts Uncertain and degraded values too. Default: only Bad and what is no number.</summary>
    public bool CountsUncertain { get; init; }

    /// <summary>
    /// Over what time it is judged: RateUp, RateDown, Stale, Flatline, Heartbeat, CountInTime, TimeAbnormal; the travel time of Discrepancy; how long the process may lag the
    /// setpoint of DevHi and DevLo. <see cref="TimeSpan.Zero"/> where it is not.
    /// </summary>
    public TimeSpan Window { get; init; }

    /// <summary>
    /// What is worked out, for <see cref="ConditionType.Expression"/>; what is counted or timed, for CountInTime and TimeAbnormal, where it is not the watched tag itself;
    /// otherwise null. It reads the watched tag.
    /// </summary>
    public Expression? Expression { get; init; }

    /// <summary>The levels of <see cref="ConditionType.Limits"/>, HiHi before Hi and LoLo before Lo, the high ones first; otherwise empty.</summary>
    public EquatableArray<LevelDefinition> Levels { get; init; }

    /// <summary>The definition of one of its levels; null where it has none of that name.</summary>
    /// <param name="level">The level.</param>
    public LevelDefinition? LevelAt(AlarmLevel level)
    {
        foreach (var each in Levels.Span)
        {
            if (each.Level == level)
            {
                return each;
            }
        }

        return null;
    }

    /// <summary>The tags that the condition reads, the watched one first, each once: its cone. Nothing else can change what it says but time.</summary>
    public ImmutableArray<int> Cone => [.. new[] { Tag, SetpointTag ?? Tag }.Concat(Expression?.Tags.Items ?? []).Distinct()];

    /// <summary>What happens to it beside its condition.</summary>
    public AlarmHandling Handling { get; init; } = AlarmHandling.Default;
}
