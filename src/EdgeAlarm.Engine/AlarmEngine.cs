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
    private readonly EventSequence _sequence;
    private readonly ArmedLedger _armed;
    private readonly AlarmEvaluation _evaluation;
    private readonly Continuity _continuity;
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
        _sequence = new EventSequence(state);
        _armed = new ArmedLedger(state, _sequence);
        _evaluation = new AlarmEvaluation(state, _armed, new ConditionJudge(state), new AlarmDelays(state, _sequence));
        _continuity = new Continuity(state, _armed);
        _inputs = new InputFold(state, _sequence, _armed, _evaluation, _continuity);
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
        ref readonly var cell = ref _state.Alarms[alarm];
        return new(cell.Lifecycle, cell.Condition, cell.Occurrence, cell.Since, cell.Deadline);
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
        _evaluation.Fold(in sample, events);
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
    /// <param name="output">Where to; 71 bytes a tag, 56 an alarm and some 32 a source.</param>
    public void WriteSnapshot(IBufferWriter<byte> output) => Snapshot.Write(_state, output);

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
    /// Builds an engine for another configuration that goes on where this one stands: epoch, seq and time, and by name what both have: sources, tags, and alarms with
    /// their lifecycle and occurrence. A running delay goes on only where the alarm's condition is the same; otherwise the next sample starts it anew.
    /// </summary>
    /// <param name="configuration">The configuration that takes effect.</param>
    /// <exception cref="InvariantViolation">The configuration is not a validated one.</exception>
    public AlarmEngine Reconfigure(AlarmConfiguration configuration) => new(Reconfiguration.Carry(_state, new EngineState(configuration)));
}
