using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Historian.Intake;

/// <summary>Every message of the historian.</summary>
internal static partial class HistorianLog
{
    [LoggerMessage(EventIds.StoreAway, LogLevel.Error, "The store is away: {Reason}. Nothing is acknowledged to the broker meanwhile; gateways keep their events")]
    internal static partial void StoreAway(ILogger logger, string reason);

    [LoggerMessage(EventIds.StoreBack, LogLevel.Information, "The store is back after {Length} and {Attempts} failed attempts")]
    internal static partial void StoreBack(ILogger logger, TimeSpan length, int attempts);

    [LoggerMessage(EventIds.Standby, LogLevel.Information, "Standby: another historian of group {Group} is active on {Store}; takes over when it is gone")]
    internal static partial void Standby(ILogger logger, string group, string store);

    [LoggerMessage(EventIds.Active, LogLevel.Information, "Active: the one historian of group {Group} on {Store}, session {Session}")]
    internal static partial void Active(ILogger logger, string group, string store, string session);

    [LoggerMessage(EventIds.BrokerAway, LogLevel.Error, "{Reason}. Tried again by itself; gateways keep their events")]
    internal static partial void BrokerAway(ILogger logger, string reason);

    [LoggerMessage(EventIds.BrokerBack, LogLevel.Information, "The broker is back after {Length} and {Attempts} failed attempts")]
    internal static partial void BrokerBack(ILogger logger, TimeSpan length, int attempts);

    [LoggerMessage(EventIds.ReceiptRefused, LogLevel.Error, "No receipt reaches {Gateway}: {Reason}. Its outbox will fill")]
    internal static partial void ReceiptRefused(ILogger logger, string gateway, string reason);

    [LoggerMessage(EventIds.Conflict, LogLevel.Critical, "{Gateway} sent event {Epoch}:{Seq} with other content than is stored; two machines use this name, or one was restored from an image. No receipt goes beyond it; compare event_conflict with alarm_event, then stop one machine or give it a new epoch")]
    internal static partial void Conflict(ILogger logger, string gateway, Guid epoch, long seq);

    [LoggerMessage(EventIds.Rejected, LogLevel.Error, "A payload of {Gateway} was parked in event_rejected: {Reason}")]
    internal static partial void Rejected(ILogger logger, string gateway, string reason);

    [LoggerMessage(EventIds.Loss, LogLevel.Critical, "{Gateway} no longer holds the events of epoch {Epoch} below {First}, of which some never came: recorded in event_loss; watermark now {Through}")]
    internal static partial void Loss(ILogger logger, string gateway, Guid epoch, long first, long through);

    [LoggerMessage(EventIds.GatewayOnline, LogLevel.Information, "{Gateway} is online, epoch {Epoch}, last event {LastSeq}, version {Version}")]
    internal static partial void GatewayOnline(ILogger logger, string gateway, Guid epoch, long lastSeq, string version);

    [LoggerMessage(EventIds.GatewayOffline, LogLevel.Warning, "{Gateway} is offline: no alarm of it reaches the centre until it is back")]
    internal static partial void GatewayOffline(ILogger logger, string gateway);
}
