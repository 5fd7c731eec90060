using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>The uplink's log messages.</summary>
internal static partial class UplinkLog
{
    [LoggerMessage(EventIds.Uplink.Down, LogLevel.Warning, "{Reason} {NextStep} Events wait in the outbox meanwhile.")]
    internal static partial void Down(ILogger logger, string reason, string nextStep);

    [LoggerMessage(EventIds.Uplink.Up, LogLevel.Information, "The broker {Broker} takes events again, after {Duration} and {Attempts} attempts.")]
    internal static partial void Up(ILogger logger, string broker, TimeSpan duration, int attempts);

    [LoggerMessage(EventIds.Uplink.Parked, LogLevel.Error, "Event {Seq} of epoch {Epoch} was parked and a loss marker goes in its place: {Reason} Raise the broker's limit; the event stays readable here.")]
    internal static partial void Parked(ILogger logger, Guid epoch, long seq, string reason);

    [LoggerMessage(EventIds.Uplink.Fork, LogLevel.Error, "The centre knows event {Through} of epoch {Epoch}, our journal ends at {Last}: this machine was restored from an image or cloned. A new epoch has to begin.")]
    internal static partial void Fork(ILogger logger, Guid epoch, long through, long last);

    [LoggerMessage(EventIds.Uplink.Restored, LogLevel.Warning, "The historian's receipt of epoch {Epoch} went back from {Before} to {Through} in a new session: its database was restored. The difference is sent again.")]
    internal static partial void Restored(ILogger logger, Guid epoch, long before, long through);

    [LoggerMessage(EventIds.Uplink.ReceiptMissing, LogLevel.Warning, "{Unconfirmed} events were published and no receipt has come for {Duration}. They are sent again until one comes. Check that the historian runs.")]
    internal static partial void ReceiptMissing(ILogger logger, long unconfirmed, TimeSpan duration);

    [LoggerMessage(EventIds.Uplink.Unclear, LogLevel.Warning, "A message was ignored that is not what its topic says: {Message}")]
    internal static partial void Unclear(ILogger logger, string message);

    [LoggerMessage(EventIds.Uplink.LiveRefused, LogLevel.Warning, "The broker {Broker} refuses alarm {Seq} on the topic live with {Reason}; while events wait, no alarm goes ahead of them. Let the gateway's user write that topic in the broker's access list. Nothing is lost by it.")]
    internal static partial void LiveRefused(ILogger logger, long seq, string broker, string reason);

    [LoggerMessage(EventIds.Uplink.CommandRefused, LogLevel.Warning, "A command of {Principal} over MQTT ({Command}) was refused: {Refusal}. {Detail} Further ones are counted until ten minutes pass without any.")]
    internal static partial void CommandRefused(ILogger logger, string principal, string command, Commands.CommandRefusal refusal, string detail);

    [LoggerMessage(EventIds.Uplink.ResponseRefused, LogLevel.Warning, "The broker {Broker} refuses answers to commands on the topic response with {Reason}; commands are carried out, and nobody hears of it. Let the gateway's user write that topic in the broker's access list.")]
    internal static partial void ResponseRefused(ILogger logger, string broker, string reason);

    [LoggerMessage(EventIds.Uplink.CommandsNotHeard, LogLevel.Warning, "The broker {Broker} refuses the subscription to {Topic} with {Reason}; no command reaches the gateway. Let the gateway's user read that topic in the broker's access list.")]
    internal static partial void CommandsNotHeard(ILogger logger, string broker, string topic, string reason);

    [LoggerMessage(EventIds.Uplink.SecondGateway, LogLevel.Error, "{Reason} {NextStep}")]
    internal static partial void SecondGateway(ILogger logger, string reason, string nextStep);
}
