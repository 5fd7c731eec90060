using System.Buffers;

namespace EdgeAlarm.Engine;

/// <summary>
/// The alarm engine of one gateway: a pure fold of samples and inputs to events. It never asks the time, and the same inputs under the same configuration give the same
/// events, bit by bit, on every machine.
/// </summary>
/// <remarks>
/// Not thread-safe; its one caller is the pump. Call order: inputs in journal order; after each step, nothing is due before <see cref="NextDeadline"/>, when a
/// <see cref="Tick"/> is to follow. A step that throws leaves the engine half-way: it must be discarded and built again from the last snapshot and the inputs since
/// (rule R8). A sample whose tag does not exist is refused before anything changed.
/// </remarks>
public sealed class AlarmEngine
{
    private readonly EngineState _state;
    private readonly ArmedLedger _armed;
    private readonly AlarmEvaluation _evaluation;
    private readonly HandlingFold _handling;
    private readonly DesignSuppression _suppression;
    private readonly Reload _reload;
    private readonly InputFold _inputs;

    /// <summary>An engine that was told nothing yet: all alarms Normal, all sources down, no epoch.</summary>
    /// <param name="configuration">What to evaluate, validated.</param>
    /// <exception cref="InvariantViolation">The configuration is not a validated one.</exception>
    public AlarmEngine(AlarmConfiguration configuration)
        : this(new EngineState(configuration))
    {
    }

    private AlarmEngine(EngineState state)
    {
        _state = state;
        var sequence = new EventSequence(state);
        var silence = new SilenceWatch(state);
        _armed = new ArmedLedger(state, sequence, silence);
        var chatter = new ChatterWatch(state, sequence);
        var flood = new FloodWatch(state, sequence);
        var lifecycle = new LifecycleFold(state, sequence, chatter, new FirstOut(state), flood);
        var inhibitions = new Inhibitions(state, sequence, lifecycle);
        _suppression = new DesignSuppression(state, sequence, lifecycle);
        _handling = new HandlingFold(state, lifecycle, inhibitions, _suppression, chatter, flood);
        _reload = new Reload(state, lifecycle, inhibitions, _suppression, _handling);
        _evaluation = new AlarmEvaluation(state, _armed, new ConditionJudge(state), new AlarmDelays(state, _handling), silence);
        var continuity = new Continuity(state, _armed, silence);
        _inputs = new InputFold(state, sequence, _armed, _evaluation, continuity, _handling, _suppression, new CommandFold(state, sequence, lifecycle, inhibitions), _reload);
    }

    /// <summary>The configuration in force.</summary>
    public AlarmConfiguration Configuration => _state.Configuration;

    /// <summary>Plant time of the latest input.</summary>
    public PlantTime Now => _state.Now;

    /// <summary>
    /// The earliest plant time at which a <see cref="Tick"/> would change something; <see cref="PlantTime.Never"/> if none. It may lie in the past, after a sample whose
    /// SourceTime is older than its delay: then a tick is due at once.
    /// </summary>
    public PlantTime NextDeadline => _inputs.NextDeadline;

    /// <summary>Epoch of the events that come next; empty before the first <see cref="EpochStarted"/>.</summary>
    public Guid Epoch => _state.Epoch;

    /// <summary>Seq of the event that comes next; at least 1.</summary>
    public long NextSeq => _state.NextSeq;

    /// <summary>The state of an alarm.</summary>
    /// <param name="alarm">Index of the alarm.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such alarm.</exception>
    public AlarmState AlarmState(int alarm)
    {
        ref readonly var condition = ref _state.Alarms[alarm];
        ref readonly var handling = ref _state.Handling[alarm];
        return new(handling.Lifecycle, condition.Condition, handling.Occurrence, condition.Since, _state.DeadlineOf(alarm))
        {
            Level = condition.Condition ? handling.Level : AlarmLevel.None,
            Suppression = handling.Suppression,
            Shelf = handling.Shelf,
            OutOfService = handling.Service,
        };
    }

    /// <summary>Whether an alarm can be made at this moment, with the reason when it cannot.</summary>
    /// <param name="alarm">Index of the alarm.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such alarm.</exception>
    public ArmedState Armed(int alarm) => _armed.Of(alarm);

    /// <summary>The last sample of a tag, or null if it never had one.</summary>
    /// <param name="tag">Index of the tag.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such tag.</exception>
    public Sample? LastSample(int tag) => _state.Tags[tag].HasSample ? _state.Tags[tag].Last : null;

    /// <summary>
    /// Folds one sample: first the delays of its tag that ended before it, then the sample. Allocates nothing unless an event comes of it.
    /// </summary>
    /// <param name="sample">The sample; its tag must be one of the configuration's.</param>
    /// <param name="events">Where the events it causes are added, in order.</param>
    /// <exception cref="InvariantViolation">The tag does not exist; nothing was changed.</exception>
    public void Step(in Sample sample, List<AlarmEvent> events)
    {
        if ((uint)sample.Tag >= (uint)_state.Tags.Length)
        {
            throw new InvariantViolation($"A sample names tag {sample.Tag}; the configuration has {_state.Tags.Length}.");
        }

        _state.Now = PlantTime.Max(_state.Now, sample.PlantTime);
        _handling.FireAlarms(events);
        _evaluation.Fold(in sample, events);
        _suppression.TagChanged(sample.Tag, events);
    }

    /// <summary>Folds one input.</summary>
    /// <param name="input">The input; its indexes must be the configuration's.</param>
    /// <param name="events">Where the events it causes are added, in order.</param>
    /// <returns>The outcome, for an operator's command; otherwise <see cref="CommandOutcome.Accepted"/>.</returns>
    /// <exception cref="InvariantViolation">An index does not exist, or the engine does not know this kind of input; nothing was changed.</exception>
    public CommandOutcome Step(Input input, List<AlarmEvent> events)
    {
        _inputs.Demand(input);
        _state.Now = PlantTime.Max(_state.Now, input.At);
        return _inputs.Fold(input, events);
    }

    /// <summary>Writes the whole state; the same state gives the same bytes.</summary>
    /// <param name="output">Where to; some 122 bytes a tag, 161 to 341 an alarm and 32 a source.</param>
    public void WriteSnapshot(IBufferWriter<byte> output) => Snapshot.Write(_state, output);

    /// <summary>Puts the whole state into another engine of the same configuration, which then goes on exactly as this one would. Allocates nothing.</summary>
    /// <param name="other">An engine that was made with the same <see cref="AlarmConfiguration"/> object.</param>
    /// <exception cref="InvariantViolation">It has another configuration; nothing was changed.</exception>
    public void CopyTo(AlarmEngine other)
    {
        if (!ReferenceEquals(Configuration, other.Configuration))
        {
            throw new InvariantViolation("The state of an engine was to be put into one of another configuration.");
        }

        _state.CopyTo(other._state);
        other._suppression.TakeUp();
    }

    /// <summary>The most bytes that <see cref="WriteSituation"/> writes.</summary>
    public int SituationLengthMax => Situation.LengthMax(_state);

    /// <summary>
    /// Writes all that decides how an engine of an <see cref="AlarmCone"/> goes on, canonically: equal bytes go on equally, whenever that is. What only names things is not in it: epoch, seq, words, persons; nor are floods, which are of all alarms together.
    /// Allocates nothing. Conditions over time keep a grid of parts of their window: situations that stand differently on it are different.
    /// </summary>
    /// <param name="alarm">Index of the alarm whose handling counts; of the others only the condition does.</param>
    /// <param name="past">
    /// What lies back further is equally long ago. Longer than every setting of the alarm and every lag of a sample that is still to come; shorter takes for equal what is not, longer for different what is
    /// equal.
    /// </param>
    /// <param name="output">Takes the bytes; at least <see cref="SituationLengthMax"/> long.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="IndexOutOfRangeException">There is no such alarm, or the output is too short.</exception>
    public int WriteSituation(int alarm, TimeSpan past, Span<byte> output) => Situation.Write(_state, alarm, past, output);

    /// <summary>Builds an engine from a snapshot of one with the same configuration; it goes on exactly as that one would.</summary>
    /// <param name="configuration">The configuration that the snapshot was made under.</param>
    /// <param name="snapshot">What <see cref="WriteSnapshot"/> wrote, whole.</param>
    /// <exception cref="InvariantViolation">The bytes are not a snapshot of this version and configuration.</exception>
    public static AlarmEngine Restore(AlarmConfiguration configuration, ReadOnlySpan<byte> snapshot) =>
        new(Snapshot.Read(configuration, snapshot));

    /// <summary>Whether an older engine wrote a snapshot in a form that this one does not read: what was folded since has to be folded again.</summary>
    /// <param name="snapshot">What <see cref="WriteSnapshot"/> of some build wrote.</param>
    public static bool IsOlderSnapshot(ReadOnlySpan<byte> snapshot) => Snapshot.IsOlder(snapshot);

    /// <summary>
    /// Builds an engine for another configuration that goes on where this one stands: epoch, seq and time, and by name what both have: sources, tags, suppressions, and alarms
    /// with their lifecycle, occurrence and inhibitions. The caller then folds the <see cref="ConfigurationChanged"/>, which evaluates what changed. This engine is not used any more.
    /// </summary>
    /// <param name="configuration">The configuration that takes effect.</param>
    /// <param name="at">Plant time.</param>
    /// <param name="withdrawn">Where the events of alarms are added that the new configuration has no more; their indexes are those of the old one.</param>
    /// <exception cref="InvariantViolation">The configuration is not a validated one; nothing was changed.</exception>
    public AlarmEngine Reconfigure(AlarmConfiguration configuration, PlantTime at, List<AlarmEvent> withdrawn)
    {
        var next = new EngineState(configuration);
        _state.Now = PlantTime.Max(_state.Now, at);
        _reload.Withdraw(configuration, withdrawn);
        return new(Reconfiguration.Carry(_state, next));
    }
}
