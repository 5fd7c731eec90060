using System.Threading.Channels;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>
/// The one way to the pump, bounded. When it is full the PLC connections wait, withhold their Publish requests, and the servers' queues take over (back-pressure).
/// Any thread.
/// </summary>
public sealed class Inbox
{
    /// <summary>Entries that may wait; each is a whole message, so that a PLC's burst of some seconds has room.</summary>
    public const int EntriesMax = 4096;

    private readonly Channel<InboxEntry> _entries = Channel.CreateBounded<InboxEntry>(new BoundedChannelOptions(EntriesMax) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private readonly Lock _gate = new();
    private readonly WaitingConditions _conditions = new();
    private readonly PlantClock _clock;
    private readonly Random? _chance;
    private long _waits;
    private ReceiptBeyond? _fork;

    internal Inbox(PlantClock clock, Random? chance = null) => (_clock, _chance) = (clock, chance);

    /// <summary>Entries that wait now.</summary>
    public int Count => _entries.Reader.Count;

    /// <summary>How often somebody had to wait because it was full.</summary>
    public long Waits => Interlocked.Read(ref _waits);

    /// <summary>Where the connection of a source delivers.</summary>
    /// <param name="source">Index of the source in the configuration in force.</param>
    public IPlcSink CreateSink(int source) => new InboxSink(this, _clock, source);

    /// <summary>An operator acknowledges an occurrence.</summary>
    /// <returns>What became of it, once that is durable. Fails with JournalFailure where the gateway stops before, and with InvariantViolation where the command could not be folded.</returns>
    public Task<CommandOutcome> AcknowledgeAsync(string alarm, OccurrenceId occurrence, string by, string comment, CancellationToken cancellationToken) =>
        CommandAsync((at, id) => new AcknowledgeCommand(at, id, alarm, occurrence, by, comment), cancellationToken);

    /// <summary>An operator does something with an alarm.</summary>
    /// <param name="command">Makes the command, given its plant time and its identity.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer; what is in the inbox is folded all the same.</param>
    /// <inheritdoc cref="AcknowledgeAsync" path="/returns" />
    public Task<CommandOutcome> CommandAsync(Func<PlantTime, Guid, OperatorCommand> command, CancellationToken cancellationToken) =>
        AnswerAsync(command(_clock.Now, Uuid.Create(new DateTimeOffset(_clock.WallClock.Ticks, TimeSpan.Zero), _chance)), cancellationToken);

    /// <summary>A stored configuration takes effect with the next turn; ends when that is durable.</summary>
    internal Task ReconfigureAsync(string hash, CancellationToken cancellationToken) => AnswerAsync(new ConfigurationChanged(_clock.Now, hash), cancellationToken);

    private async Task<CommandOutcome> AnswerAsync(Input input, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<CommandOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        await PutAsync(new(input, -1, null, answer), cancellationToken).ConfigureAwait(false);
        return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Something about the gateway itself begins or ends. Never blocks; taken in with the next turn, at the latest after a second.</summary>
    public void RaiseSystemCondition(string name, bool active, string detail)
    {
        lock (_gate)
        {
            _conditions.Add(new(_clock.Now, name, active, detail));
        }

        Wake();
    }

    /// <summary>The centre has events of our epoch that this journal never made: this journal is an older image of one that went on elsewhere (rule R5). Never blocks.</summary>
    /// <param name="epoch">The epoch that the receipt speaks of.</param>
    /// <param name="through">Its seq.</param>
    public void ForkDetected(Guid epoch, long through)
    {
        lock (_gate)
        {
            _fork = new(epoch, through);
        }

        Wake();
    }

    internal ValueTask PutAsync(InboxEntry entry, CancellationToken cancellationToken)
    {
        if (_entries.Writer.TryWrite(entry))
        {
            return default;
        }

        Interlocked.Increment(ref _waits);
        return _entries.Writer.WriteAsync(entry, cancellationToken);
    }

    internal bool TryTake(out InboxEntry entry) => _entries.Reader.TryRead(out entry);

    internal bool TryTakeCondition(out SystemConditionChanged? condition)
    {
        lock (_gate)
        {
            return _conditions.TryTake(out condition);
        }
    }

    internal ReceiptBeyond? TakeFork()
    {
        lock (_gate)
        {
            var fork = _fork;
            _fork = null;
            return fork;
        }
    }

    /// <summary>Makes the pump turn; where the inbox is full it turns anyway.</summary>
    internal void Wake() => _entries.Writer.TryWrite(default);

    internal ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _entries.Reader.WaitToReadAsync(cancellationToken);
}
