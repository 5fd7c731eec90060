using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>The sink of one source: stamps what has no time of its own and puts it into the inbox.</summary>
internal sealed class InboxSink(Inbox inbox, PlantClock clock, int source) : IPlcSink
{
    public ValueTask SourceUpAsync(SourceRecovery how, CancellationToken cancellationToken) => PutAsync(new SourceUp(clock.Now, source, how), cancellationToken);

    public ValueTask SourceDownAsync(string reason, CancellationToken cancellationToken) => PutAsync(new SourceDown(clock.Now, source, reason), cancellationToken);

    public ValueTask ClockMeasuredAsync(TimeSpan offset, bool synchronised, CancellationToken cancellationToken) =>
        PutAsync(new SourceClockMeasured(clock.Now, source, offset, synchronised), cancellationToken);

    public ValueTask TagMonitoredAsync(int tag, Quality result, CancellationToken cancellationToken) => PutAsync(new TagMonitored(clock.Now, tag, result), cancellationToken);

    public ValueTask GapFoundAsync(int? tag, PlantTime start, PlantTime end, GapCause cause, CancellationToken cancellationToken) =>
        PutAsync(new GapFound(clock.Now, source, tag, start, end, cause), cancellationToken);

    public ValueTask ConditionAsync(string name, bool active, string detail, CancellationToken cancellationToken) =>
        PutAsync(new SystemConditionChanged(clock.Now, name, active, detail), cancellationToken);

    public ValueTask NotificationAsync(PlcNotification notification, CancellationToken cancellationToken) =>
        inbox.PutAsync(new(null, source, notification, null), cancellationToken);

    // that there is history is in the log; what it holds is not evaluated yet
    public ValueTask HistoryAsync(PlcHistory page, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private ValueTask PutAsync(Input input, CancellationToken cancellationToken) => inbox.PutAsync(new(input, source, null, null), cancellationToken);
}
