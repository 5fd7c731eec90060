using System.Collections.Immutable;

namespace EdgeAlarm.Engine;

/// <summary>The whole state of an engine beside its configuration, and the indexes from source to tags to alarms. Only data: what happens to it is elsewhere.</summary>
internal sealed class EngineState
{
    private readonly int[] _tagStarts;
    private readonly int[] _tagsBySource;
    private readonly int[] _alarmStarts;
    private readonly int[] _alarmsByTag;

    /// <summary>The state of an engine that was told nothing yet.</summary>
    /// <exception cref="InvariantViolation">The configuration is not a validated one.</exception>
    public EngineState(AlarmConfiguration configuration)
    {
        ConfigurationCheck.Demand(configuration);
        Configuration = configuration;
        Rules = [.. configuration.Alarms.Select(alarm => new ConditionRule(alarm))];
        Sources = new SourceCell[configuration.Sources.Length];
        Tags = new TagCell[configuration.Tags.Length];
        Alarms = new AlarmCell[configuration.Alarms.Length];
        Array.Fill(Sources, new SourceCell { FirstSamplesDue = PlantTime.Never });
        Array.Fill(Tags, new TagCell { Discontinuity = Discontinuity.Start });
        Array.Fill(Alarms, new AlarmCell { Deadline = PlantTime.Never });
        (_tagStarts, _tagsBySource) = Group(Sources.Length, configuration.Tags, tag => tag.Source);
        (_alarmStarts, _alarmsByTag) = Group(Tags.Length, configuration.Alarms, alarm => alarm.Tag);
        var places = new int[Alarms.Length];
        Array.Fill(places, -1);
        Deadlines = [.. Sources.Select(_ => new DeadlineHeap(Alarms, places))];
    }

    /// <summary>What is evaluated.</summary>
    public AlarmConfiguration Configuration { get; }

    /// <summary>The conditions, by alarm.</summary>
    public ConditionRule[] Rules { get; }

    /// <summary>By source.</summary>
    public SourceCell[] Sources { get; }

    /// <summary>By tag.</summary>
    public TagCell[] Tags { get; }

    /// <summary>By alarm.</summary>
    public AlarmCell[] Alarms { get; }

    /// <summary>
    /// By source: the deadlines that ticks may fire while the source is up. An alarm stands here while its delay runs, its tag is not held and the tag's value is known.
    /// </summary>
    public DeadlineHeap[] Deadlines { get; }

    /// <summary>Plant time of the latest input.</summary>
    public PlantTime Now { get; set; }

    /// <summary>Epoch of the next event.</summary>
    public Guid Epoch { get; set; }

    /// <summary>Seq of the next event.</summary>
    public long NextSeq { get; set; } = 1;

    /// <summary>The tags of a source.</summary>
    public ReadOnlySpan<int> TagsOf(int source) => _tagsBySource.AsSpan(_tagStarts[source].._tagStarts[source + 1]);

    /// <summary>The alarms of a tag, in the order of the list.</summary>
    public ReadOnlySpan<int> AlarmsOf(int tag) => _alarmsByTag.AsSpan(_alarmStarts[tag].._alarmStarts[tag + 1]);

    /// <summary>The source of a tag.</summary>
    public int SourceOf(int tag) => Configuration.Tags[tag].Source;

    /// <summary>Puts an alarm among the deadlines that ticks may fire, or takes it out, as its state and its tag's demand.</summary>
    public void Schedule(int alarm)
    {
        var tag = Rules[alarm].Tag;
        var deadlines = Deadlines[SourceOf(tag)];
        if (Alarms[alarm].IsPending && !Tags[tag].IsHeld && Tags[tag].Freshness != Freshness.None)
        {
            deadlines.Set(alarm);
        }
        else
        {
            deadlines.Remove(alarm);
        }
    }

    // Counting sort: the members of each group, in their own order, one group after the other.
    private static (int[] Starts, int[] Members) Group<T>(int groups, ImmutableArray<T> items, Func<T, int> groupOf)
    {
        var starts = new int[groups + 1];
        foreach (var item in items)
        {
            starts[groupOf(item) + 1]++;
        }

        for (var group = 0; group < groups; group++)
        {
            starts[group + 1] += starts[group];
        }

        var next = starts.AsSpan(0, groups).ToArray();
        var members = new int[items.Length];
        for (var index = 0; index < items.Length; index++)
        {
            members[next[groupOf(items[index])]++] = index;
        }

        return (starts, members);
    }
}
