using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>Where a PLC connection delivers. Each call waits while the inbox is full; meanwhile the connection withholds its Publish requests (back-pressure).</summary>
public interface IPlcSink
{
    /// <summary>The source delivers.</summary>
    ValueTask SourceUpAsync(SourceRecovery how, CancellationToken cancellationToken);

    /// <summary>The source delivers no more.</summary>
    ValueTask SourceDownAsync(string reason, CancellationToken cancellationToken);

    /// <summary>The offset of the source's clock was measured.</summary>
    /// <param name="offset">Plant time minus source clock.</param>
    /// <param name="synchronised">Whether to trust it.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    ValueTask ClockMeasuredAsync(TimeSpan offset, bool synchronised, CancellationToken cancellationToken);

    /// <summary>The server answered whether it monitors a tag.</summary>
    ValueTask TagMonitoredAsync(int tag, Quality result, CancellationToken cancellationToken);

    /// <summary>Samples were lost. A null tag means every tag of the source.</summary>
    ValueTask GapFoundAsync(int? tag, PlantTime start, PlantTime end, GapCause cause, CancellationToken cancellationToken);

    /// <summary>Something about the source begins or ends that people have to know of, though it is up.</summary>
    /// <param name="name">One of <see cref="AcquisitionConditions"/>.</param>
    /// <param name="active">Whether it begins.</param>
    /// <param name="detail">For people.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    ValueTask ConditionAsync(string name, bool active, string detail, CancellationToken cancellationToken);

    /// <summary>A notification message, or a keep-alive with no samples. It is handed over: the sink disposes it, then or later.</summary>
    ValueTask NotificationAsync(PlcNotification notification, CancellationToken cancellationToken);

    /// <summary>A page of what the server recorded of a tag in a gap, apart from the live samples: it comes seconds to minutes after the gap was told.</summary>
    ValueTask HistoryAsync(PlcHistory page, CancellationToken cancellationToken);
}
