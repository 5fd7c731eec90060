using System.Collections.Immutable;

namespace EdgeAlarm.Engine;

/// <summary>What the engine evaluates: sources, tags and alarms, already validated. Indexes into these arrays are the identities that inputs use.</summary>
/// <param name="Sources">The PLCs, in the order of their index.</param>
/// <param name="Tags">The tags, in the order of their index.</param>
/// <param name="Alarms">The master alarm list, in the order of its rows.</param>
public sealed record AlarmConfiguration(
    ImmutableArray<SourceDefinition> Sources,
    ImmutableArray<TagDefinition> Tags,
    ImmutableArray<AlarmDefinition> Alarms);
