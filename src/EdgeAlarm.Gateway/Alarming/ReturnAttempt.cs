using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>One attempt to go back to the disk: a thread that may hang with the disk, and one that waits for it as long as it can afford to.</summary>
internal sealed class ReturnAttempt(DiskReturn way, long durable, VolatileRecording memory, Snapshot state)
{
    private readonly Lock _gate = new();
    private Journal? _journal;
    private bool _isGivenUp;

    /// <summary>The journal, or null where the disk refused or took too long.</summary>
    public Journal? Run(TimeSpan limit)
    {
        var thread = new Thread(Go) { IsBackground = true, Name = "journal return" };
        thread.Start();
        thread.Join(limit);
        lock (_gate)
        {
            _isGivenUp = true;
            return _journal;
        }
    }

    private void Go()
    {
        try
        {
            var journal = way.Run(durable, memory, state);
            lock (_gate)
            {
                if (!_isGivenUp)
                {
                    _journal = journal;
                    return;
                }
            }

            // the pump went on without: what was begun is cut off by the next attempt
            journal.Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JournalFailure)
        {
            // the next attempt begins anew
        }
    }
}
