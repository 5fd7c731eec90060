using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Composition;

/// <summary>What the executable itself logs.</summary>
internal static partial class CompositionLog
{
    [LoggerMessage(EventIds.Composition.CertificateCreated, LogLevel.Information, "Created the gateway's certificate in {Folder}; let every PLC trust it")]
    public static partial void CertificateCreated(ILogger logger, string folder);

    [LoggerMessage(EventIds.Composition.GatewayStarted, LogLevel.Information, "EdgeAlarm {Version}: gateway {Site}/{Gateway} starts with {Tags} tags and {Alarms} alarms, configuration {Hash}, data in {Folder}")]
    public static partial void GatewayStarted(ILogger logger, string version, string site, string gateway, int tags, int alarms, string hash, string folder);

    [LoggerMessage(EventIds.Composition.GatewayStopped, LogLevel.Information, "Gateway {Site}/{Gateway} stopped in order; last event {LastSeq}")]
    public static partial void GatewayStopped(ILogger logger, string site, string gateway, long lastSeq);

    [LoggerMessage(EventIds.Composition.FilesNotTaken, LogLevel.Error, "The edited files cannot be used, the gateway goes on with those from before: {Reason}")]
    public static partial void FilesNotTaken(ILogger logger, string reason);

    [LoggerMessage(EventIds.Composition.Reloaded, LogLevel.Information, "Reload was asked for by {Who}: {Outcome}")]
    public static partial void Reloaded(ILogger logger, string who, string outcome);
}
