using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;

namespace EdgeAlarm.Benchmarks.OpcUa;

/// <summary>Takes what a connection delivers and keeps nothing of it but the counts.</summary>
internal sealed class CountingSink : IPlcSink
{
    private long _values;
    private long _messages;

    /// <summary>Ends when the source delivers.</summary>
    public TaskCompletionSource Up { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Values => Interlocked.Read(ref _values);

    public long Messages => Interlocked.Read(ref _messages);

    public ValueTask SourceUpAsync(SourceRecovery how, CancellationToken cancellationToken)
    {
        Up.TrySetResult();
        return default;
    }

    public ValueTask SourceDownAsync(string reason, CancellationToken cancellationToken)
    {
        Up.TrySetException(new InvalidOperationException($"The connection to be measured is lost: {reason}"));
        return default;
    }

    public ValueTask HistoryAsync(PlcHistory page, CancellationToken cancellationToken) => default;

    public ValueTask ClockMeasuredAsync(TimeSpan offset, bool synchronised, CancellationToken cancellationToken) => default;

    public ValueTask TagMonitoredAsync(int tag, Quality result, CancellationToken cancellationToken)
    {
        if (result.IsBad)
        {
            Up.TrySetException(new InvalidOperationException($"Tag {tag} is not monitored: {result}"));
        }

        return default;
    }

    public ValueTask ConditionAsync(string name, bool active, string detail, CancellationToken cancellationToken) => default;

    public ValueTask GapFoundAsync(int? tag, PlantTime start, PlantTime end, GapCause cause, CancellationToken cancellationToken) => default;

    public ValueTask NotificationAsync(PlcNotification notification, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _values, notification.Samples.Length);
        Interlocked.Increment(ref _messages);
        notification.Dispose();
        return default;
    }
}
