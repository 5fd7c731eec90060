using System.Threading.Tasks.Sources;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Lets one loop wait for whatever comes first - a signal, a task, a moment - without allocating anything for a wait. A signal that comes while nobody waits ends the next
/// wait at once; several count as one. Signals from any thread, and the loop goes on within the signal's call; one loop waits.
/// </summary>
internal sealed class WakeUp : IValueTaskSource, IDisposable
{
    private const int Idle = 0, Signalled = 1, Waiting = 2;

    private readonly List<Task> _watched = [];
    private readonly Action _signal;
    private readonly ITimer _timer;
    private ManualResetValueTaskSourceCore<bool> _core;
    private int _state;

    /// <summary>Nobody waits yet.</summary>
    public WakeUp(TimeProvider time)
    {
        _signal = Signal;
        _timer = time.CreateTimer(static wakeUp => ((WakeUp)wakeUp!).Signal(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends the wait, or the next one.</summary>
    public void Signal()
    {
        if (Interlocked.CompareExchange(ref _state, Signalled, Idle) == Waiting && Interlocked.CompareExchange(ref _state, Idle, Waiting) == Waiting)
        {
            _core.SetResult(true);
        }
    }

    /// <summary>The end of this task is a signal; for the loop, before each wait.</summary>
    public void Watch(Task? task)
    {
        _watched.RemoveAll(static each => each.IsCompleted);
        if (task is { IsCompleted: true })
        {
            Signal();
        }
        else if (task is not null && !_watched.Contains(task))
        {
            _watched.Add(task);
            task.GetAwaiter().UnsafeOnCompleted(_signal);
        }
    }

    /// <summary>Waits for a signal, or so long.</summary>
    public ValueTask WaitAsync(TimeSpan atMost)
    {
        _core.Reset();
        _timer.Change(atMost, Timeout.InfiniteTimeSpan);
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Idle)
        {
            return new(this, _core.Version);
        }

        Volatile.Write(ref _state, Idle);
        return default;
    }

    /// <summary>Ends the timer.</summary>
    public void Dispose() => _timer.Dispose();

    /// <inheritdoc />
    public void GetResult(short token) => _core.GetResult(token);

    /// <inheritdoc />
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc />
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);
}
