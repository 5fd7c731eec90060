using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>A sink that keeps everything in the order it came, answers flushes at once like a fast journal, and can be made to wait like a full inbox.</summary>
internal sealed class RecordingSink : IPlcSink
{
    private readonly Lock _gate = new();
    private readonly List<object> _entries = [];
    private readonly Dictionary<int, long> _latestSource = [];
    private volatile TaskCompletionSource? _full;
    private Exception? _fault;
    private int _inside;

    /// <summary>Who is told of flushes; null for a journal that never flushes.</summary>
    public IPlcConnection? Connection { get; set; }

    /// <summary>Whether two calls ever overlapped.</summary>
    public bool Overlapped { get; private set; }

    public IReadOnlyList<object> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    public IReadOnlyList<PlcNotification> Notifications => [.. Entries.OfType<PlcNotification>()];

    public IReadOnlyList<Sample> Samples => [.. Notifications.SelectMany(notification => notification.Samples.ToArray())];

    public IReadOnlyList<Gap> Gaps => [.. Entries.OfType<Gap>()];

    public IReadOnlyList<Condition> Conditions => [.. Entries.OfType<Condition>()];

    public IReadOnlyList<PlcHistory> Histories => [.. Entries.OfType<PlcHistory>()];

    public IReadOnlyList<Up> Ups => [.. Entries.OfType<Up>()];

    public IReadOnlyList<Down> Downs => [.. Entries.OfType<Down>()];

    public IReadOnlyList<Monitored> MonitoredTags => [.. Entries.OfType<Monitored>()];

    /// <summary>SourceTime of the latest sample of a tag, ticks; 0 before the first.</summary>
    public long LatestSource(int tag)
    {
        lock (_gate)
        {
            return _latestSource.GetValueOrDefault(tag);
        }
    }

    /// <summary>The next notification finds a fault of the program.</summary>
    public void FailOnce(Exception fault) => _fault = fault;

    public void Fill() => _full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the one call through that waits; the next waits again.</summary>
    public void Step()
    {
        var full = _full;
        Fill();
        full?.TrySetResult();
    }

    public void Drain()
    {
        var full = _full;
        _full = null;
        full?.TrySetResult();
    }

    /// <summary>Waits until something holds of what was recorded; fails with the tail of the record after the deadline.</summary>
    public async Task UntilAsync(Func<RecordingSink, bool> holds, string what, TimeSpan? within = null)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!holds(this))
        {
            if (TimeProvider.System.GetElapsedTime(since) > (within ?? TimeSpan.FromSeconds(30)))
            {
                var rare = Entries.Where(entry => entry is not PlcNotification).TakeLast(20);
                Assert.Fail($"not seen in time: {what}; {Samples.Count} samples, last entries: {string.Join("; ", rare)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public ValueTask SourceUpAsync(SourceRecovery how, CancellationToken cancellationToken) => Add(new Up(how), cancellationToken);

    public ValueTask SourceDownAsync(string reason, CancellationToken cancellationToken) => Add(new Down(reason), cancellationToken);

    public ValueTask ClockMeasuredAsync(TimeSpan offset, bool synchronised, CancellationToken cancellationToken) => Add(new Clock(offset, synchronised), cancellationToken);

    public ValueTask TagMonitoredAsync(int tag, Quality result, CancellationToken cancellationToken) => Add(new Monitored(tag, result), cancellationToken);

    public ValueTask GapFoundAsync(int? tag, PlantTime start, PlantTime end, GapCause cause, CancellationToken cancellationToken) =>
        Add(new Gap(tag, start, end, cause), cancellationToken);

    public ValueTask ConditionAsync(string name, bool active, string detail, CancellationToken cancellationToken) =>
        Add(new Condition(name, active, detail), cancellationToken);

    public async ValueTask NotificationAsync(PlcNotification notification, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _fault, null) is { } fault)
        {
            throw fault;
        }

        // keeps a copy, as the journal does, and gives the memory back: what is read of it later is no value (debug builds overwrite it)
        await Add(notification with { Samples = notification.Samples.ToArray(), Lease = null }, cancellationToken);
        notification.Dispose();
        if (notification.Sequence != 0)
        {
            Connection?.Flushed(notification.Subscription, notification.Sequence);
        }
    }

    public ValueTask HistoryAsync(PlcHistory page, CancellationToken cancellationToken) => Add(page, cancellationToken);

    private async ValueTask Add(object entry, CancellationToken cancellationToken)
    {
        Overlapped |= Interlocked.Increment(ref _inside) > 1;
        if (_full is { } full)
        {
            await full.Task.WaitAsync(cancellationToken);
        }

        lock (_gate)
        {
            _entries.Add(entry);
            if (entry is PlcNotification notification)
            {
                foreach (var sample in notification.Samples.Span)
                {
                    _latestSource[sample.Tag] = sample.SourceTime.Ticks;
                }
            }
        }

        Interlocked.Decrement(ref _inside);
    }

    internal sealed record Up(SourceRecovery How);

    internal sealed record Down(string Reason);

    internal sealed record Clock(TimeSpan Offset, bool Synchronised);

    internal sealed record Monitored(int Tag, Quality Result);

    internal sealed record Condition(string Name, bool Active, string Detail);

    internal sealed record Gap(int? Tag, PlantTime Start, PlantTime End, GapCause Cause);
}
