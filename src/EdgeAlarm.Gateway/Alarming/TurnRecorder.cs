using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>
/// Where turns are recorded: in the journal, or in memory while its disk is dead, full or hangs (rule R9). The pump's thread decides; a thread beside it asks the disk, so
/// that one that hangs holds nothing up.
/// </summary>
internal sealed class TurnRecorder(DataFolder folder, JournalOptions options, TimeProvider time, Journal journal) : IDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReturnMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(1);

    private readonly DiskReturn _return = new(folder, options, time);
    private readonly UnrecordedMark _mark = new(folder);
    private Journal _journal = journal;
    private VolatileRecording? _memory;
    private Action? _progressed;
    private PlantTime _nextProbe;
    private PlantTime _since;
    private long _tried;
    private Thread? _probe;
    private bool _isMarked;
    private bool _isProbing;
    private bool _isBack;

    /// <summary>Where the next turn is recorded.</summary>
    public IRecording Present => (IRecording?)Memory ?? Journal;

    /// <summary>The journal; a dead one while <see cref="Memory"/> is there. Any thread.</summary>
    public Journal Journal => Volatile.Read(ref _journal);

    /// <summary>What is recorded in memory; null while the journal works. Any thread.</summary>
    public VolatileRecording? Memory => Volatile.Read(ref _memory);

    /// <summary>What lies before it may have an effect outside. Any thread.</summary>
    public long FlushedPosition => Present.FlushedPosition;

    /// <summary>Called after each flush and each failure, on any thread; must not wait.</summary>
    public Action? Progressed
    {
        get => _progressed;
        set => Journal.Progressed = _progressed = value;
    }

    /// <summary>Whether a dead disk is being asked now. Any thread.</summary>
    public bool IsProbing => Volatile.Read(ref _isProbing);

    /// <summary>Called before a dead disk is asked whether it works again: makes room if it is full. Set before the first turn.</summary>
    public Action? MakeRoom { get; set; }

    /// <summary>Why the journal is dead and turns have to go into memory; null while they go where they belong.</summary>
    public JournalFailure? Failure => Memory is null && Journal.IsDead() ? Journal.Failure : null;

    /// <summary>Waits until everything is flushed, or the disk has failed.</summary>
    public void Settle()
    {
        try
        {
            if (Memory is null)
            {
                Journal.Flush();
            }
        }
        catch (JournalFailure)
        {
            // the next turn goes into memory
        }
    }

    /// <summary>Waits until the unflushed records leave room for another turn (back-pressure), or the disk has failed.</summary>
    public void WaitForRoom(CancellationToken cancellationToken)
    {
        while (Memory is null && !Journal.WaitForRoom(cancellationToken) && !Journal.IsDead())
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>From now on in memory.</summary>
    /// <param name="state">The state now.</param>
    public void GoVolatile(Snapshot state)
    {
        _since = _nextProbe = state.At;
        (_isMarked, _isBack) = (false, false);
        Volatile.Write(ref _memory, new(state));
    }

    /// <summary>Whether the disk works again, as far as is known; asks it from time to time.</summary>
    public bool IsDiskBack(PlantTime now)
    {
        if (Memory is not null && now >= _nextProbe && !Volatile.Read(ref _isProbing))
        {
            _nextProbe = now + ProbeInterval;
            Volatile.Write(ref _isProbing, true);
            _probe = new(Probe) { IsBackground = true, Name = "journal disk" };
            _probe.Start();
        }

        // a disk that fails now and then would begin an epoch with a statement of all alarms each time
        return Memory is not null && now - _since >= ProbeInterval && Volatile.Read(ref _isBack);
    }

    /// <summary>Goes back to the disk, on a thread of its own, for which this one waits five seconds at most.</summary>
    /// <param name="stateAt">Makes the state at a position.</param>
    /// <returns>Whether the journal goes on; its first record is to begin an epoch.</returns>
    public bool TryReturn(Func<long, Snapshot> stateAt)
    {
        var memory = Memory!;
        if (!Journal.HasEnded(EndMax) || _probe?.Join(EndMax) == false)
        {
            return false;
        }

        _tried = Math.Max(memory.EndPosition, _tried) + 1;
        Volatile.Write(ref _isBack, false);
        var attempt = new ReturnAttempt(_return, Journal.FlushedPosition, memory, stateAt(_tried));
        if (attempt.Run(ReturnMax) is not { } journal)
        {
            return false;
        }

        journal.Progressed = Progressed;
        Journal.Dispose();
        Volatile.Write(ref _journal, journal);
        Volatile.Write(ref _memory, null);
        return true;
    }

    /// <summary>Ends what the journal has begun.</summary>
    public void Dispose()
    {
        Journal.Dispose();
        _probe?.Join(EndMax);
    }

    private void Probe()
    {
        try
        {
            MakeRoom?.Invoke();
            if (!_isMarked)
            {
                _mark.Write(Journal.FlushedPosition);
                _isMarked = true;
            }

            // as long as the thread of the dead journal may still write, nothing is safe from it
            if (Journal.HasEnded(TimeSpan.Zero))
            {
                _return.Probe();
                Volatile.Write(ref _isBack, true);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // asked again later; the condition stands as long
        }
        finally
        {
            Volatile.Write(ref _isProbing, false);
        }
    }
}
