using System.Buffers;

namespace EdgeAlarm.Engine;

/// <summary>
/// The alarm engine of one gateway: a pure fold of samples and inputs to events. Not thread-safe; its one caller is the pump. It never asks the time, and the same
/// inputs under the same configuration give the same events, bit by bit.
/// </summary>
/// <param name="configuration">What to evaluate.</param>
public sealed class AlarmEngine(AlarmConfiguration configuration)
{
    /// <summary>The configuration in force.</summary>
    public AlarmConfiguration Configuration { get; } = configuration;

    /// <summary>The earliest plant time at which a <see cref="Tick"/> would change something; <see cref="PlantTime.Never"/> if none.</summary>
    public PlantTime NextDeadline { get; } = PlantTime.Never;

    /// <summary>Epoch of the events that come next.</summary>
    public Guid Epoch { get; } = Guid.Empty;

    /// <summary>Seq of the event that comes next.</summary>
    public long NextSeq { get; } = 1;

    /// <summary>Plant time of the latest input.</summary>
    public PlantTime Now { get; } = PlantTime.Zero;

    /// <summary>The state of an alarm.</summary>
    public AlarmState AlarmState(int alarm) => throw new NotSupportedException();

    /// <summary>Whether an alarm can be made at this moment, with the reason when it cannot.</summary>
    public ArmedState Armed(int alarm) => throw new NotSupportedException();

    /// <summary>The last sample of a tag, or null if it never had one.</summary>
    public Sample? LastSample(int tag) => throw new NotSupportedException();

    /// <summary>The last notification message of a source, keep-alives apart; null if there was none.</summary>
    public NotificationKey? LastNotification(int source) => throw new NotSupportedException();

    /// <summary>Folds one sample.</summary>
    /// <param name="sample">The sample; its tag must be one of the configuration's.</param>
    /// <param name="events">Where the events it causes are added, in order.</param>
    public void Step(in Sample sample, List<AlarmEvent> events) => throw new NotSupportedException();

    /// <summary>Folds one input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="events">Where the events it causes are added, in order.</param>
    /// <returns>The outcome, for an operator's command; otherwise <see cref="CommandOutcome.Accepted"/>.</returns>
    public CommandOutcome Step(Input input, List<AlarmEvent> events) => throw new NotSupportedException();

    /// <summary>Writes the whole state; the same state gives the same bytes.</summary>
    public void WriteSnapshot(IBufferWriter<byte> output) => throw new NotSupportedException();

    /// <summary>Builds an engine from a snapshot of one with the same configuration.</summary>
    /// <exception cref="InvariantViolation">The bytes are not a snapshot of this version and configuration.</exception>
    public static AlarmEngine Restore(AlarmConfiguration configuration, ReadOnlySpan<byte> snapshot) => throw new NotSupportedException();
}
