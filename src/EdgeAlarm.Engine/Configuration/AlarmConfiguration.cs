using System.Collections.Immutable;

namespace EdgeAlarm.Engine;

/// <summary>What the engine evaluates: sources, tags and alarms, already validated. Indexes into these arrays are the identities that inputs use.</summary>
/// <param name="Sources">The PLCs, in the order of their index.</param>
/// <param name="Tags">The tags, in the order of their index.</param>
/// <param name="Alarms">The master alarm list, in the order of its rows.</param>
public sealed record AlarmConfiguration(
    ImmutableArray<SourceDefinition> Sources,
    ImmutableArray<TagDefinition> Tags,
    ImmutableArray<AlarmDefinition> Alarms)
{
    /// <summary>What suppresses alarms by design, in the order of its index.</summary>
    public ImmutableArray<SuppressionGroupDefinition> SuppressionGroups { get; init; } = [];

    /// <summary>Names of the first-out groups, in the order of their index.</summary>
    public ImmutableArray<string> FirstOutGroups { get; init; } = [];
}
