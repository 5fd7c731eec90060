namespace EdgeAlarm.Engine;

/// <summary>The whole state of an engine beside its configuration, and the indexes from source to tags to alarms. Only data: what happens to it is elsewhere.</summary>
internal sealed class EngineState
{
    private readonly Adjacency _tagsBySource;
    private readonly Adjacency _alarmsByTag;
    private readonly Adjacency _cones;
    private readonly Adjacency _sharedBySource;
    private readonly Adjacency _suppressionsByTag;
    private readonly Adjacency _membersBySuppression;
    private readonly Adjacency _sourcesBySuppression;
    private readonly Adjacency _membersByFirstOut;
    private readonly int[] _heaps;
    private readonly int[] _memoryStarts;
    private readonly int[] _levelStarts;
    private readonly int[] _owners;

    /// <summary>The state of an engine that was told nothing yet.</summary>
    /// <exception cref="InvariantViolation">The configuration is not a validated one.</exception>
    public EngineState(AlarmConfiguration configuration)
    {
        ConfigurationCheck.Demand(configuration);
        Configuration = configuration;
        var levels = configuration.Alarms.SelectMany((alarm, index) => alarm.Levels.Span.ToArray().Select(level => (Owner: index, Condition: Levels.ConditionOf(alarm, level)))).ToList();
        Rules = [.. configuration.Alarms.Concat(levels.Select(level => level.Condition)).Select(alarm => new ConditionRule(alarm))];
        _owners = [.. levels.Select(level => level.Owner)];
        _levelStarts = LevelStarts(configuration);
        Sources = new SourceCell[configuration.Sources.Length];
        Tags = new TagCell[configuration.Tags.Length];
        Alarms = new AlarmCell[Rules.Length];
        Array.Fill(Sources, new SourceCell { FirstSamplesDue = PlantTime.Never });
        for (var tag = 0; tag < Tags.Length; tag++)
        {
            Tags[tag] = new() { Discontinuity = Discontinuity.Start, StaleDue = PlantTime.Never, Silence = configuration.Tags[tag].StaleAfter > TimeSpan.Zero ? Silence.Waiting : Silence.Unlimited };
        }

        Array.Fill(Alarms, new AlarmCell { Deadline = PlantTime.Never, TurnsAt = PlantTime.Never });
        _tagsBySource = Adjacency.Group(Sources.Length, Tags.Length, tag => new int[] { SourceOf(tag) });
        _cones = Adjacency.Of([.. Rules.Select(rule => (IReadOnlyList<int>)rule.Definition.Cone)]);
        _alarmsByTag = Adjacency.Group(Tags.Length, Alarms.Length, condition => HasLevels(condition) ? [] : ConeOf(condition));
        _heaps = [.. Enumerable.Range(0, Alarms.Length).Select(HomeOf)];
        _sharedBySource = Adjacency.Group(Sources.Length, Alarms.Length, alarm => _heaps[alarm] < Sources.Length ? [] : SourcesOf(alarm));
        var places = NoPlaces(Alarms.Length);
        Deadlines = [.. Enumerable.Range(0, Sources.Length + 1).Select(_ => new DeadlineHeap<AlarmCell>(Alarms, places))];
        Handling = new HandlingCell[configuration.Alarms.Length];
        Suppressions = new SuppressionCell[configuration.SuppressionGroups.Length];
        FirstOuts = new FirstOutCell[configuration.FirstOutGroups.Length];
        Array.Fill(Handling, HandlingCell.Untouched);
        Array.Fill(Suppressions, new SuppressionCell { Due = PlantTime.Never });
        Array.Fill(FirstOuts, FirstOutCell.Quiet);
        Timers = new(Handling, NoPlaces(Alarms.Length));
        TagDeadlines = new(Tags, NoPlaces(Tags.Length));
        _suppressionsByTag = Adjacency.Group(Tags.Length, Suppressions.Length, group => TagsOf(configuration.SuppressionGroups[group].Trigger));
        _membersBySuppression = Adjacency.Group(Suppressions.Length, Handling.Length, alarm => OrNone(configuration.Alarms[alarm].Handling.SuppressionGroup));
        _sourcesBySuppression = Adjacency.Of([.. Suppressions.Select((_, group) => (IReadOnlyList<int>)[.. SuppressionMembersOf(group).ToArray().SelectMany(SourcesOf).Concat(configuration.SuppressionGroups[group].OtherSources.Span.ToArray()).Distinct()])]);
        _membersByFirstOut = Adjacency.Group(FirstOuts.Length, Handling.Length, alarm => OrNone(configuration.Alarms[alarm].Handling.FirstOutGroup));
        _memoryStarts = Sums(Rules);
        Memory = new long[_memoryStarts[^1]];
    }

    /// <summary>What is evaluated.</summary>
    public AlarmConfiguration Configuration { get; }

    /// <summary>The conditions: one of each alarm by its index, and behind them those of levels.</summary>
    public ConditionRule[] Rules { get; }

    /// <summary>By source.</summary>
    public SourceCell[] Sources { get; }

    /// <summary>By tag.</summary>
    public TagCell[] Tags { get; }

    /// <summary>By condition: those of alarms by their index, and behind them those of levels, of which the alarm's own is made.</summary>
    public AlarmCell[] Alarms { get; }

    /// <summary>By alarm: what was done with it.</summary>
    public HandlingCell[] Handling { get; }

    /// <summary>By suppression group.</summary>
    public SuppressionCell[] Suppressions { get; }

    /// <summary>By first-out group.</summary>
    public FirstOutCell[] FirstOuts { get; }

    /// <summary>The alarm flood.</summary>
    public FloodCell Flood { get; set; } = new();

    /// <summary>What conditions remember over time, one after the other; its words mean what each condition makes of them.</summary>
    public long[] Memory { get; }

    /// <summary>
    /// By source: the deadlines that ticks may fire while the source is up; one heap more for the alarms whose tags belong to several sources. An alarm stands here while
    /// something of it is due, it is not held, and the values that it reads are known.
    /// </summary>
    public DeadlineHeap<AlarmCell>[] Deadlines { get; }

    /// <summary>The timers of shelves, latches and the like, which run whether a source is up or not.</summary>
    public DeadlineHeap<HandlingCell> Timers { get; }

    /// <summary>Tags of which something is due by time alone: flapping ones by when what they are now has lasted long enough to be told, silent ones by when that is too long.</summary>
    public DeadlineHeap<TagCell> TagDeadlines { get; }

    /// <summary>Why nothing is recorded on the disk, in words; null while it is.</summary>
    public string? Unrecorded { get; set; }

    /// <summary>What the gateway's wall clock shows, less plant time, as the inputs have told it.</summary>
    public TimeSpan WallClockMinusPlantTime { get; set; }

    /// <summary>Plant time of the latest input.</summary>
    public PlantTime Now { get; set; }

    /// <summary>Epoch of the next event.</summary>
    public Guid Epoch { get; set; }

    /// <summary>Seq of the next event.</summary>
    public long NextSeq { get; set; } = 1;

    /// <summary>The tags of a source.</summary>
    public ReadOnlySpan<int> TagsOf(int source) => _tagsBySource[source];

    /// <summary>The conditions that are evaluated by a tag, in the order of the list: of an alarm with levels those of its levels.</summary>
    public ReadOnlySpan<int> AlarmsOf(int tag) => _alarmsByTag[tag];

    /// <summary>The alarm to which a condition belongs: itself, or the one whose level it is.</summary>
    public int OwnerOf(int condition) => condition < Handling.Length ? condition : _owners[condition - Handling.Length];

    /// <summary>Whether an alarm's condition is made of those of its levels.</summary>
    public bool HasLevels(int condition) => Rules[condition].Definition.Type == ConditionType.Limits;

    /// <summary>The first of the conditions of an alarm's levels; the others follow in the order of their definitions.</summary>
    public int LevelsFrom(int alarm) => _levelStarts[alarm];

    /// <summary>Whether an alarm's condition is held, or that of one of its levels.</summary>
    public bool IsHeld(int alarm) => HasLevels(alarm) ? Alarms[LevelsFrom(alarm)].IsHeld : Alarms[alarm].IsHeld;

    /// <summary>When the running delay of an alarm, or the first of its levels', ends; <see cref="PlantTime.Never"/> if none runs.</summary>
    public PlantTime DeadlineOf(int alarm)
    {
        var earliest = Alarms[alarm].Deadline;
        for (var level = 0; level < Rules[alarm].Definition.Levels.Span.Length; level++)
        {
            earliest = PlantTime.Min(earliest, Alarms[LevelsFrom(alarm) + level].Deadline);
        }

        return earliest;
    }

    /// <summary>The tags that an alarm reads, the watched one first.</summary>
    public ReadOnlySpan<int> ConeOf(int alarm) => _cones[alarm];

    /// <summary>What the condition of an alarm remembers; empty for those that only look at values.</summary>
    public Span<long> MemoryOf(int alarm) => Memory.AsSpan(_memoryStarts[alarm].._memoryStarts[alarm + 1]);

    /// <summary>The alarms that read tags of a source and of others: whether they can advance depends on more than one source.</summary>
    public ReadOnlySpan<int> AlarmsAcross(int source) => _sharedBySource[source];

    /// <summary>The suppression groups whose trigger goes by a tag, or by an alarm that reads it.</summary>
    public ReadOnlySpan<int> SuppressionsOf(int tag) => _suppressionsByTag[tag];

    /// <summary>The alarms of a suppression group, in the order of the list.</summary>
    public ReadOnlySpan<int> SuppressionMembersOf(int group) => _membersBySuppression[group];

    /// <summary>The sources that the alarms of a suppression group read.</summary>
    public ReadOnlySpan<int> SourcesOfSuppressed(int group) => _sourcesBySuppression[group];

    /// <summary>Whether the indication of any alarm of a first-out group stands.</summary>
    public bool AnyStands(int firstOutGroup)
    {
        foreach (var member in _membersByFirstOut[firstOutGroup])
        {
            if (Handling[member].IsStanding)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The source of a tag.</summary>
    public int SourceOf(int tag) => Configuration.Tags[tag].Source;

    /// <summary>Whether the deadlines of a heap may be fired by ticks.</summary>
    public bool CanAdvance(int heap) => heap == Sources.Length || Sources[heap].IsUp;

    /// <summary>Puts an alarm among the deadlines that ticks may fire, or takes it out, as its state and its tags demand.</summary>
    public void Schedule(int alarm)
    {
        ref readonly var cell = ref Alarms[alarm];
        var deadlines = Deadlines[_heaps[alarm]];
        if (cell.Due != PlantTime.Never && !cell.IsHeld && IsKnown(alarm, delivering: -1))
        {
            deadlines.Set(alarm);
        }
        else
        {
            deadlines.Remove(alarm);
        }
    }

    /// <summary>Whether what an alarm reads speaks for the present, or decides whatever the rest may be: then its time goes on.</summary>
    /// <param name="alarm">Index of the alarm.</param>
    /// <param name="delivering">As for <see cref="Counts"/>.</param>
    public bool IsKnown(int alarm, int delivering)
    {
        foreach (var tag in ConeOf(alarm))
        {
            if (!Counts(alarm, tag, delivering))
            {
                return Rules[alarm].Definition.Expression is { } expression && !double.IsNaN(ValueOf(alarm, expression, delivering));
            }
        }

        return true;
    }

    /// <summary>Whether an alarm could go on at this moment: its source delivers, and what it reads speaks for the present.</summary>
    public bool IsLive(int alarm) => CanAdvance(_heaps[alarm]) && IsKnown(alarm, delivering: -1);

    /// <summary>
    /// Whether the last value of a tag counts for an alarm. Where an alarm reads several sources, one that is away says nothing: its value may have become any other since.
    /// But what it sends after a break, before it is told to be up, counts beside its own values from before.
    /// </summary>
    /// <param name="alarm">Index of the alarm.</param>
    /// <param name="tag">A tag of its cone.</param>
    /// <param name="delivering">The source whose sample is folded; -1 where only time passes.</param>
    public bool Counts(int alarm, int tag, int delivering) =>
        Tags[tag].Freshness != Freshness.None && (_heaps[alarm] < Sources.Length || SourceOf(tag) == delivering || Sources[SourceOf(tag)].IsUp);

    /// <summary>The value of a tag as an alarm reads it; NaN where it has none, or it does not count.</summary>
    /// <param name="alarm">Index of the alarm.</param>
    /// <param name="tag">A tag of its cone.</param>
    /// <param name="delivering">As for <see cref="Counts"/>.</param>
    public double ReadingOf(int alarm, int tag, int delivering) => Counts(alarm, tag, delivering) ? Tags[tag].Reading : double.NaN;

    /// <summary>The value of an expression of an alarm: 1 or 0, NaN where it is not known.</summary>
    /// <param name="alarm">Index of the alarm.</param>
    /// <param name="expression">What to work out; it reads tags of the alarm's cone.</param>
    /// <param name="delivering">As for <see cref="Counts"/>.</param>
    public double ValueOf(int alarm, Expression expression, int delivering)
    {
        var tags = expression.Tags.Span;
        Span<double> values = stackalloc double[Expression.TagsMax];
        for (var index = 0; index < tags.Length; index++)
        {
            values[index] = ReadingOf(alarm, tags[index], delivering);
        }

        return ExpressionMachine.Run(expression, values);
    }

    /// <summary>When an inhibition ends: by its plant time or by the wall clock, whichever is first; <see cref="PlantTime.Never"/> for none.</summary>
    public PlantTime EndOf(Inhibition? inhibition) => inhibition is null
        ? PlantTime.Never
        : PlantTime.Min(inhibition.Until, new(inhibition.UntilUtc.Ticks - WallClockMinusPlantTime.Ticks));

    /// <summary>What the wall clock will show at a plant time, if nobody sets it.</summary>
    public UtcTime WallClockAt(PlantTime time) => new((time + WallClockMinusPlantTime).Ticks);

    /// <summary>Puts an alarm among the timers by the earliest of its own that has a meaning in its state, or takes it out.</summary>
    public void ScheduleTimers(int alarm)
    {
        ref var cell = ref Handling[alarm];
        var due = PlantTime.Min(PlantTime.Min(EndOf(cell.Shelf), EndOf(cell.Service)), cell.QuietDue);
        if (cell.Suppression == SuppressionStates.None)
        {
            due = PlantTime.Min(due, cell.ReAlarmDue);
        }

        if (cell.Lifecycle == LifecycleState.LatchedAcknowledged)
        {
            due = PlantTime.Min(due, cell.ResetDue);
        }

        cell.Due = due;
        if (due == PlantTime.Never)
        {
            Timers.Remove(alarm);
        }
        else
        {
            Timers.Set(alarm);
        }
    }

    /// <summary>Puts everything into another state of the same configuration, in place of what was there.</summary>
    public void CopyTo(EngineState other)
    {
        Sources.CopyTo(other.Sources, 0);
        Tags.CopyTo(other.Tags, 0);
        Alarms.CopyTo(other.Alarms, 0);
        Handling.CopyTo(other.Handling, 0);
        Suppressions.CopyTo(other.Suppressions, 0);
        FirstOuts.CopyTo(other.FirstOuts, 0);
        Memory.CopyTo(other.Memory, 0);
        Flood.CopyTo(other.Flood);
        for (var heap = 0; heap < Deadlines.Length; heap++)
        {
            Deadlines[heap].CopyTo(other.Deadlines[heap]);
        }

        Timers.CopyTo(other.Timers);
        TagDeadlines.CopyTo(other.TagDeadlines);
        other.Unrecorded = Unrecorded;
        (other.WallClockMinusPlantTime, other.Now, other.Epoch, other.NextSeq) = (WallClockMinusPlantTime, Now, Epoch, NextSeq);
    }

    /// <summary>Puts a tag among those of which something is due, or takes it out, as its state demands.</summary>
    public void ScheduleTag(int tag)
    {
        if (Tags[tag].Due == PlantTime.Never)
        {
            TagDeadlines.Remove(tag);
        }
        else
        {
            TagDeadlines.Set(tag);
        }
    }

    private static int[] OrNone(int group) => group < 0 ? [] : [group];

    private ReadOnlySpan<int> TagsOf(SuppressionTrigger trigger) => trigger switch
    {
        SuppressionTrigger.Holds holds => holds.Expression.Tags.Span,
        SuppressionTrigger.AlarmActive active => ConeOf(active.Alarm),
        _ => throw new InvariantViolation($"The engine does not know the suppression trigger {trigger}."),
    };

    private static int[] NoPlaces(int count)
    {
        var places = new int[count];
        Array.Fill(places, -1);
        return places;
    }

    private static int[] LevelStarts(AlarmConfiguration configuration)
    {
        var starts = new int[configuration.Alarms.Length];
        var next = starts.Length;
        for (var alarm = 0; alarm < starts.Length; alarm++)
        {
            starts[alarm] = next;
            next += configuration.Alarms[alarm].Levels.Span.Length;
        }

        return starts;
    }

    private static int[] Sums(ConditionRule[] rules)
    {
        var sums = new int[rules.Length + 1];
        for (var alarm = 0; alarm < rules.Length; alarm++)
        {
            sums[alarm + 1] = sums[alarm] + rules[alarm].Memory;
        }

        return sums;
    }

    private int HomeOf(int alarm)
    {
        var sources = SourcesOf(alarm);
        return sources.Length == 1 ? sources[0] : Sources.Length;
    }

    private int[] SourcesOf(int alarm) => [.. ConeOf(alarm).ToArray().Select(SourceOf).Distinct()];
}
