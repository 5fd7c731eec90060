using System.Buffers;
using EdgeAlarm.Engine;
using EdgeAlarm.PlantSimulator.Plant;

namespace EdgeAlarm.RuleTests;

/// <summary>
/// The engine in virtual time with what stands around it in the gateway: sources that come and go, whose servers keep what nobody fetches for as long as they are to ride out,
/// a clock, a restart. Nothing waits, so that a day takes a moment.
/// </summary>
internal sealed class VirtualGateway
{
    private static readonly Guid Epoch = Guid.Parse("01980000-0000-7000-8000-000000000001");
    private readonly Dictionary<int, PlantTime> _lost = [];
    private readonly List<(int Tag, PlantReading Reading)> _kept = [];
    private readonly List<AlarmEvent> _events = [];
    private HashSet<int> _wholeTags;
    private readonly IReadOnlyList<TimeSpan> _ridesOut;
    private readonly long _start;
    private AlarmEngine _engine;
    private TimeSpan _wallOffset;
    private RuleNames _names;

    /// <summary>A gateway whose sources are connected and have no values yet.</summary>
    /// <param name="configuration">What it evaluates.</param>
    /// <param name="ridesOut">How long a break each source's server rides out, by its index.</param>
    /// <param name="start">Plant time at which the scenario begins, in ticks.</param>
    public VirtualGateway(AlarmConfiguration configuration, IReadOnlyList<TimeSpan> ridesOut, long start)
    {
        (_ridesOut, _start, Now) = (ridesOut, start, new(start));
        _engine = new AlarmEngine(configuration);
        _names = RuleNames.Of(configuration);
        _wholeTags = WholeTagsOf(configuration);
        Step(new EpochStarted(Now, Epoch, null, 0, "scenario"));
        Step(new GatewayStarted(Now, new UtcTime(start), WallClockWentBack: false));
        for (var source = 0; source < configuration.Sources.Length; source++)
        {
            Connect(source, SourceRecovery.Connected);
        }

        Story.Clear();
    }

    /// <summary>Plant time.</summary>
    public PlantTime Now { get; private set; }

    /// <summary>Time of the scenario.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Now.Ticks - _start);

    /// <summary>Everything that was told, in its order.</summary>
    public List<ToldEvent> Story { get; } = [];

    /// <summary>Lets time pass, and the engine do what is due meanwhile.</summary>
    public void AdvanceTo(PlantTime time)
    {
        while (_engine.NextDeadline <= time)
        {
            var due = _engine.NextDeadline;
            Now = PlantTime.Max(Now, due);
            Step(new Tick(Now));
            if (_engine.NextDeadline <= due)
            {
                throw new InvalidOperationException($"the engine does not do what is due at {ScenarioTime.Text(Elapsed)}");
            }
        }

        Now = PlantTime.Max(Now, time);
    }

    /// <summary>A tag's register was written. Its sample comes at once, or when its source is back.</summary>
    public void Write(int tag, PlantReading reading)
    {
        if (_lost.ContainsKey(SourceOf(tag)))
        {
            _kept.Add((tag, reading));
            return;
        }

        Sample(tag, reading);
    }

    public void Lose(int source)
    {
        if (_lost.TryAdd(source, Now))
        {
            Step(new SourceDown(Now, source, "the scenario cut it"));
        }
    }

    /// <summary>A source can be reached again: with all that its server kept, or, after too long a break, with a gap and the present values.</summary>
    /// <param name="source">The source.</param>
    /// <param name="present">The present value of a tag; null where it has none.</param>
    public void Restore(int source, Func<int, PlantReading?> present)
    {
        if (!_lost.Remove(source, out var since))
        {
            return;
        }

        var isWhole = Now - since <= _ridesOut[source];
        Connect(source, isWhole ? SourceRecovery.Republished : SourceRecovery.Recreated);
        if (isWhole)
        {
            foreach (var (tag, reading) in _kept.Where(kept => SourceOf(kept.Tag) == source))
            {
                Sample(tag, reading);
            }
        }
        else
        {
            Step(new GapFound(Now, source, null, since, Now, GapCause.ConnectionLost));
            SamplePresent(source, present);
        }

        _kept.RemoveAll(kept => SourceOf(kept.Tag) == source);
    }

    /// <summary>An operator acts on an alarm as it is shown.</summary>
    public CommandOutcome Act(OperatorAction action)
    {
        var id = new Guid(Story.Count, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
        return Step(action.Input(Now, id, StateOf(action.Alarm)?.State.Occurrence ?? OccurrenceId.None));
    }

    /// <summary>The gateway ends and starts anew: its sources connect again.</summary>
    public void Restart(Func<int, PlantReading?> present)
    {
        var snapshot = new ArrayBufferWriter<byte>();
        _engine.WriteSnapshot(snapshot);
        _engine = AlarmEngine.Restore(_engine.Configuration, snapshot.WrittenSpan);
        Step(new GatewayStarted(Now, Wall, WallClockWentBack: false));
        for (var source = 0; source < _names.Sources.Count; source++)
        {
            if (!_lost.ContainsKey(source))
            {
                Connect(source, SourceRecovery.Connected);
                SamplePresent(source, present);
            }
        }
    }

    /// <summary>Another alarm list takes effect.</summary>
    /// <param name="configuration">With the same sources and tags.</param>
    /// <param name="hash">Its hash.</param>
    public void Reload(AlarmConfiguration configuration, string hash)
    {
        _engine = _engine.Reconfigure(configuration, Now, _events);
        Tell();
        _names = RuleNames.Of(configuration);
        _wholeTags = WholeTagsOf(configuration);
        Step(new ConfigurationChanged(Now, hash));
    }

    public void StepClock(TimeSpan step)
    {
        _wallOffset += step;
        Step(new ClockStepped(Now, step));
    }

    /// <summary>The state of an alarm, and whether it is armed; null where the list has no such alarm now.</summary>
    public (AlarmState State, ArmedState Armed)? StateOf(string alarm) =>
        _names.Alarms.IndexOf(alarm) is >= 0 and var index ? (_engine.AlarmState(index), _engine.Armed(index)) : null;

    // a word with bits is a whole number
    private static HashSet<int> WholeTagsOf(AlarmConfiguration configuration) =>
        [.. configuration.Alarms.Where(alarm => alarm.Type is ConditionType.Bit or ConditionType.Mask).Select(alarm => alarm.Tag)];

    private UtcTime Wall => new(Now.Ticks + _wallOffset.Ticks);

    private int SourceOf(int tag) => _engine.Configuration.Tags[tag].Source;

    private void Connect(int source, SourceRecovery how)
    {
        Step(new SourceClockMeasured(Now, source, TimeSpan.Zero, Synchronised: true));
        for (var tag = 0; tag < _names.Tags.Count; tag++)
        {
            if (SourceOf(tag) == source)
            {
                Step(new TagMonitored(Now, tag, Quality.Good));
            }
        }

        Step(new SourceUp(Now, source, how));
    }

    private void SamplePresent(int source, Func<int, PlantReading?> present)
    {
        for (var tag = 0; tag < _names.Tags.Count; tag++)
        {
            if (SourceOf(tag) == source && present(tag) is { } reading)
            {
                Sample(tag, reading);
            }
        }
    }

    private void Sample(int tag, PlantReading reading)
    {
        var value = _wholeTags.Contains(tag) && Math.Truncate(reading.Value).Equals(reading.Value) ? TagValue.From((long)reading.Value) : TagValue.From(reading.Value);
        var time = new UtcTime(reading.SourceTicks);
        _engine.Step(new Sample(tag, value, new Quality(reading.Status.Code), time, time, Wall, Now), _events);
        Tell();
    }

    private CommandOutcome Step(Input input)
    {
        var outcome = _engine.Step(input, _events);
        Tell();
        return outcome;
    }

    private void Tell()
    {
        foreach (var told in _events)
        {
            var name = told.Alarm >= 0 ? _names.Alarms[told.Alarm] : told.Tag >= 0 ? _names.Tags[told.Tag] : told.Source >= 0 ? _names.Sources[told.Source] : told.Name ?? "gateway";
            Story.Add(new(Elapsed, name, told));
        }

        _events.Clear();
    }
}
