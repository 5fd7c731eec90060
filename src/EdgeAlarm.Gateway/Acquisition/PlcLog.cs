using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>The messages of PLC connections.</summary>
internal static partial class PlcLog
{
    [LoggerMessage(EventIds.Acquisition.Connected, LogLevel.Information, "{Source} is connected ({How}): {Monitored} of {Tags} tags monitored, after {Attempts} attempts in {Seconds:F1} s")]
    public static partial void Connected(this ILogger logger, string source, string how, int monitored, int tags, int attempts, double seconds);

    [LoggerMessage(EventIds.Acquisition.ConnectionFailed, LogLevel.Warning, "{Source} cannot be connected: {Reason}. Its alarms are not armed; next attempt in {Seconds:F0} s{OrSooner}, then ever rarer down to every {LongestSeconds:F0} s, for ever")]
    public static partial void ConnectionFailed(this ILogger logger, string source, string reason, double seconds, string orSooner, double longestSeconds);

    [LoggerMessage(EventIds.Acquisition.Disconnected, LogLevel.Warning, "{Source} is lost: {Reason}. Its alarms are not armed; reconnecting now")]
    public static partial void Disconnected(this ILogger logger, string source, string reason);

    [LoggerMessage(EventIds.Acquisition.ItemsRefused, LogLevel.Warning, "{Source} does not monitor {Count} tags, the first is {Tag} at {Address}: {Status}. Correct the address, or the server; each is tried again for ever")]
    public static partial void ItemsRefused(this ILogger logger, string source, int count, string tag, string address, string status);

    [LoggerMessage(EventIds.Acquisition.ValueUnreadable, LogLevel.Warning, "{Source} sends a value of {Tag} at {Address} that cannot be read: {Problem}. The tag is not monitored and its alarms are not armed until a reading of it alone succeeds; correct the variable, or the server")]
    public static partial void ValueUnreadable(this ILogger logger, string source, string tag, string address, string problem);

    [LoggerMessage(EventIds.Acquisition.ItemRecovered, LogLevel.Information, "{Source} monitors {Tag} again")]
    public static partial void ItemRecovered(this ILogger logger, string source, string tag);

    [LoggerMessage(EventIds.Acquisition.RevisedBelowDemand, LogLevel.Warning, "{Source} keeps only {Granted:F1} s of samples in its queues where {Demanded:F1} s were asked for: a longer break loses samples, which become recorded gaps")]
    public static partial void RevisedBelowDemand(this ILogger logger, string source, double granted, double demanded);

    [LoggerMessage(EventIds.Acquisition.MessagesLost, LogLevel.Warning, "{Source} sent messages that did not come and cannot be republished, before number {Sequence}: recorded as a gap")]
    public static partial void MessagesLost(this ILogger logger, string source, uint sequence);

    [LoggerMessage(EventIds.Acquisition.PublishWindowLowered, LogLevel.Information, "{Source} bears only {Limit} outstanding Publish requests; no more are sent")]
    public static partial void PublishWindowLowered(this ILogger logger, string source, int limit);

    [LoggerMessage(EventIds.Acquisition.ServerState, LogLevel.Warning, "{Source} says that its server is in the state {State}")]
    public static partial void ServerState(this ILogger logger, string source, string state);

    [LoggerMessage(EventIds.Acquisition.ClockOffset, LogLevel.Information, "The clock of {Source} is {OffsetMs:F0} ms behind ours; trusted: {Synchronised}")]
    public static partial void ClockOffset(this ILogger logger, string source, double offsetMs, bool synchronised);

    [LoggerMessage(EventIds.Acquisition.Withheld, LogLevel.Warning, "{Source}: the inbox was full for {Seconds:F1} s and Publish requests were withheld; the server's queues had to hold the samples")]
    public static partial void Withheld(this ILogger logger, string source, double seconds);

    [LoggerMessage(EventIds.Acquisition.PulseTooShort, LogLevel.Warning, "{Source}: the pulses that alarms must not miss are too short for {Count} tags, first {Alarm}: {DemandedMs:F0} ms, but of {Tag} only {DetectableMs:F0} ms are certain to be seen. Let the server sample faster, or latch the pulse in the PLC")]
    public static partial void PulseTooShort(this ILogger logger, string source, int count, string alarm, double demandedMs, string tag, double detectableMs);

    [LoggerMessage(EventIds.Acquisition.NotNotified, LogLevel.Warning, "{Source} did not notify {Count} changes that it gives when it is read, the first of {Tag}, in subscription {Number}: evaluated now and recorded as gaps; the items are made anew")]
    public static partial void NotNotified(this ILogger logger, string source, int count, string tag, int number);

    [LoggerMessage(EventIds.Acquisition.SubscriptionLost, LogLevel.Warning, "{Source}: subscription {Number} of {Count} with {Tags} tags is lost: {Reason}. Their alarms are not armed; it is made anew, the others go on")]
    public static partial void SubscriptionLost(this ILogger logger, string source, int number, int count, int tags, string reason);

    [LoggerMessage(EventIds.Acquisition.SubscriptionRenewed, LogLevel.Information, "{Source}: subscription {Number} was made anew with {Monitored} of {Tags} tags")]
    public static partial void SubscriptionRenewed(this ILogger logger, string source, int number, int monitored, int tags);

    [LoggerMessage(EventIds.Acquisition.SubscriptionRefused, LogLevel.Warning, "{Source}: subscription {Number} cannot be made: {Reason}. Its alarms are not armed; next attempt in {Seconds:F0} s; it is tried for ever")]
    public static partial void SubscriptionRefused(this ILogger logger, string source, int number, string reason, double seconds);

    [LoggerMessage(EventIds.Acquisition.ItemsVanished, LogLevel.Warning, "{Source} does not know {Count} of {Tags} monitored items of subscription {Number} any more, though it kept the subscription; they are made anew")]
    public static partial void ItemsVanished(this ILogger logger, string source, int count, int tags, int number);

    [LoggerMessage(EventIds.Acquisition.TransferRefused, LogLevel.Information, "{Source} did not hand {Count} of {Subscriptions} subscriptions over to the new session: {Reason}; they are made anew")]
    public static partial void TransferRefused(this ILogger logger, string source, int count, int subscriptions, string reason);

    [LoggerMessage(EventIds.Acquisition.Transferred, LogLevel.Information, "{Source} handed {Count} of {Subscriptions} subscriptions over to the new session")]
    public static partial void Transferred(this ILogger logger, string source, int count, int subscriptions);

    [LoggerMessage(EventIds.Acquisition.TagUnusable, LogLevel.Warning, "{Source} does not monitor {Tag} at {Address}: {Problem}. Its alarms are not armed; correct the address, or the server. It is tried again for ever")]
    public static partial void TagUnusable(this ILogger logger, string source, string tag, string address, string problem);

    [LoggerMessage(EventIds.Acquisition.TagsUnusable, LogLevel.Warning, "{Source} does not monitor {Count} more tags for such reasons; 'edgealarm status' names the alarms that are not armed")]
    public static partial void TagsUnusable(this ILogger logger, string source, int count);

    [LoggerMessage(EventIds.Acquisition.PartsRead, LogLevel.Information, "{Source} reads {Count} tags out of larger values, the first is {Tag}: {Path} of {Node}")]
    public static partial void PartsRead(this ILogger logger, string source, int count, string tag, string path, string node);

    [LoggerMessage(EventIds.Acquisition.UnitDiffers, LogLevel.Warning, "{Source}: {Tag} has the {What} {Configured} in the configuration and {Told} at the server. Alarms go by the configuration; correct whichever is wrong")]
    public static partial void UnitDiffers(this ILogger logger, string source, string tag, string what, string configured, string told);

    [LoggerMessage(EventIds.Acquisition.HeartbeatNotWritten, LogLevel.Warning, "{Source}: the heartbeat cannot be written to {Address}: {Problem}. The control room may take the gateway for dead; it is tried again at each beat")]
    public static partial void HeartbeatNotWritten(this ILogger logger, string source, string address, string problem);

    [LoggerMessage(EventIds.Acquisition.HeartbeatWritten, LogLevel.Information, "{Source}: the heartbeat is written to {Address} again")]
    public static partial void HeartbeatWritten(this ILogger logger, string source, string address);

    [LoggerMessage(EventIds.Acquisition.IdentitiesRemembered, LogLevel.Information, "{Source}: {Count} nodes were met for the first time and are remembered in {File}")]
    public static partial void IdentitiesRemembered(this ILogger logger, string source, int count, string file);

    [LoggerMessage(EventIds.Acquisition.IdentityChanged, LogLevel.Warning, "{Source}: {Tag} at {Address} is another variable than it was: it was '{Known}' and is '{Present}'. It is not monitored and its alarms are not armed; correct the address, or accept it by deleting its line in {File}")]
    public static partial void IdentityChanged(this ILogger logger, string source, string tag, string address, string known, string present, string file);

    [LoggerMessage(EventIds.Acquisition.IdentitiesUnusable, LogLevel.Warning, "{Source}: what its nodes were cannot be kept: {Problem}. Another variable under a known address would not be noticed")]
    public static partial void IdentitiesUnusable(this ILogger logger, string source, string problem);

    [LoggerMessage(EventIds.Acquisition.ServerChanged, LogLevel.Warning, "{Source}: {Server} is tried from now on")]
    public static partial void ServerChanged(this ILogger logger, string source, string server);

    [LoggerMessage(EventIds.Acquisition.HistoryRead, LogLevel.Information, "{Source} recorded {Samples} samples of {Tags} tags in and around a gap of {Seconds:F1} s; {Without} tags have no history of it (refusal: {Refusal})")]
    public static partial void HistoryRead(this ILogger logger, string source, double seconds, long samples, int tags, int without, string refusal);

    [LoggerMessage(EventIds.Acquisition.ConnectionFaulted, LogLevel.Error, "{Source}: a fault of this program broke into the connection. It goes on and its subscriptions are made anew; report this with the log")]
    public static partial void ConnectionFaulted(this ILogger logger, string source, Exception fault);

    [LoggerMessage(EventIds.Acquisition.HistoryMissing, LogLevel.Information, "{Source} has no history of a gap of {Seconds:F1} s: {Reason}")]
    public static partial void HistoryMissing(this ILogger logger, string source, double seconds, string reason);
}
