using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>Stands before the sink and tells <see cref="GapHistory"/> of each gap that goes by, and of the clock by which the server records.</summary>
internal sealed class GapWatch(IPlcSink sink, GapHistory history) : IPlcSink
{
    public ValueTask SourceUpAsync(SourceRecovery how, CancellationToken cancellationToken) => sink.SourceUpAsync(how, cancellationToken);

    public ValueTask SourceDownAsync(string reason, CancellationToken cancellationToken) => sink.SourceDownAsync(reason, cancellationToken);

    public ValueTask ClockMeasuredAsync(TimeSpan offset, bool synchronised, CancellationToken cancellationToken)
    {
        history.Measured(offset);
        return sink.ClockMeasuredAsync(offset, synchronised, cancellationToken);
    }

    public ValueTask TagMonitoredAsync(int tag, Quality result, CancellationToken cancellationToken) => sink.TagMonitoredAsync(tag, result, cancellationToken);

    public ValueTask GapFoundAsync(int? tag, PlantTime start, PlantTime end, GapCause cause, CancellationToken cancellationToken)
    {
        history.Remember(tag, start, end);
        return sink.GapFoundAsync(tag, start, end, cause, cancellationToken);
    }

    public ValueTask ConditionAsync(string name, bool active, string detail, CancellationToken cancellationToken) => sink.ConditionAsync(name, active, detail, cancellationToken);

    public ValueTask NotificationAsync(PlcNotification notification, CancellationToken cancellationToken) => sink.NotificationAsync(notification, cancellationToken);

    public ValueTask HistoryAsync(PlcHistory page, CancellationToken cancellationToken) => sink.HistoryAsync(page, cancellationToken);
}
