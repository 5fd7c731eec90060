using System.Reflection;
using System.Security.Cryptography;
using EdgeAlarm.Certificates;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Certificates;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Outbox;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Gateway.Uplink;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.Wire;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Composition;

/// <summary>A whole gateway, put together: PLC connections, pump, outbox, uplink, status file.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private static readonly TimeSpan StatusInterval = TimeSpan.FromMilliseconds(250);

    private readonly Site _site;
    private readonly TimeProvider _time;
    private readonly EnginePump _pump;
    private readonly EventOutbox _outbox;
    private readonly MqttUplink _uplink;
    private readonly CertificateWatch _certificates;
    private readonly List<OpcUaPlcConnection> _connections = [];

    private GatewayHost(Site site, TimeProvider time, ILoggerFactory log, EnginePump pump)
    {
        _site = site;
        _time = time;
        _pump = pump;
        var settings = site.Settings;
        _outbox = new EventOutbox(
            new OutboxOptions { Folder = Path.Combine(settings.DataFolder, "outbox") },
            new OutboxSource([.. pump.Reader.Epochs().Select(epoch => new OutboxRange(epoch.Epoch, epoch.First, epoch.Last))], pump.Reader.ReadEvents),
            time,
            log.CreateLogger<EventOutbox>(),
            pump.Inbox.RaiseSystemCondition);
        _uplink = new MqttUplink(
            new UplinkOptions { Site = settings.Site, Gateway = settings.Gateway, Mqtt = settings.Mqtt, Receipt = settings.Receipt, Version = Version, Commands = settings.Commands },
            _outbox,
            time,
            log.CreateLogger<MqttUplink>(),
            pump.Inbox.RaiseSystemCondition,
            (epoch, through, _) => pump.Inbox.ForkDetected(epoch, through),
            pump.Inbox.CommandAsync);
        pump.Committed = events =>
        {
            _outbox.Offer(events);
            _uplink.Offer(events);
        };
        _certificates = new CertificateWatch(
            new CertificateWatchOptions { Store = new CertificateStore(settings.CertificatesFolder), DataFolder = settings.DataFolder, Sources = settings.Sources, RenewsOwn = settings.RenewsCertificate },
            time,
            log.CreateLogger<CertificateWatch>(),
            pump.Inbox.RaiseSystemCondition);
        for (var source = 0; source < settings.Sources.Count; source++)
        {
            var name = settings.Sources[source].Name;
            var connection = new OpcUaPlcConnection(
                OpcUaPlcOptions.From(settings, source, site.Tags, certificates => _certificates.SessionMade(name, certificates)),
                pump.Clock,
                time,
                new Random(RandomNumberGenerator.GetInt32(int.MaxValue)),
                log.CreateLogger<OpcUaPlcConnection>());
            _connections.Add(connection);
            pump.Attach(source, connection);
        }
    }

    /// <summary>Version of this build.</summary>
    public static string Version { get; } = typeof(GatewayHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The pump, for screens and operators.</summary>
    public EnginePump Pump => _pump;

    /// <summary>The outbox at this moment.</summary>
    public OutboxState Outbox => _outbox.State;

    /// <summary>The uplink at this moment.</summary>
    public UplinkState Uplink => _uplink.State;

    /// <summary>Opens the data folder, recovers, and puts everything together; nothing runs yet.</summary>
    /// <exception cref="DataFolderUnusable">The data folder is in use, not writable or of a newer build.</exception>
    /// <exception cref="JournalFailure">The journal cannot be written.</exception>
    /// <exception cref="IOException">A secret or a certificate cannot be read.</exception>
    /// <exception cref="CryptographicException">The own certificate is not usable.</exception>
    public static async Task<GatewayHost> OpenAsync(Site site, TimeProvider time, ILoggerFactory log)
    {
        new DataFolder(site.Settings.DataFolder).Create();
        CreateCertificateIfMissing(site.Settings, time, log.CreateLogger<GatewayHost>());
        var pump = EnginePump.Open(
            new EnginePumpOptions { DataFolder = site.Settings.DataFolder, Configuration = site.Normalised, Recorder = site.Settings.Recorder, Space = new() },
            time,
            log.CreateLogger<EnginePump>());
        try
        {
            return new GatewayHost(site, time, log, pump);
        }
        catch
        {
            await pump.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs until cancelled, then stops from the front to the back: no more samples, the last turn flushed, the outbox closed, goodbye to the broker.</summary>
    /// <exception cref="JournalFailure">The journal cannot be written any more: the process has to stop.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var anyEnded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stages = new List<RunningStage>
        {
            new(token => Task.WhenAll(_connections.Select((connection, source) => connection.RunAsync(_pump.Inbox.CreateSink(source), token))), anyEnded),
            new(_pump.RunAsync, anyEnded),
            new(_uplink.RunAsync, anyEnded),
            new(_outbox.RunAsync, anyEnded),
            new(_certificates.RunAsync, anyEnded),
            new(WriteStatusAsync, anyEnded),
        };
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, anyEnded.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var stage in stages)
        {
            await stage.StopAsync();
        }

        // the first failure of a stage is the reason; an orderly end has none
        foreach (var stage in stages)
        {
            stage.Dispose();
            stage.ThrowIfFailed();
        }
    }

    /// <summary>Acknowledges the oldest occurrence that nobody has acknowledged.</summary>
    /// <returns>What became of it, in words for the operator.</returns>
    public async Task<string> AcknowledgeOldestAsync(string by, CancellationToken cancellationToken)
    {
        var oldest = _pump.State.Alarms
            .Where(alarm => alarm.State.Lifecycle is LifecycleState.Unacknowledged or LifecycleState.ReturnedUnacknowledged or LifecycleState.LatchedUnacknowledged)
            .Where(alarm => alarm.State.Suppression == SuppressionStates.None)
            .OrderBy(alarm => alarm.Definition.Handling.IsNoteRequired)
            .ThenBy(alarm => alarm.State.Since)
            .FirstOrDefault();
        switch (oldest)
        {
            case null:
                return "There is nothing to acknowledge.";
            case { Definition: { Id: var id, Handling.IsNoteRequired: true } }:
                return $"{id} wants a note: say \"ack {id} NOTE\".";
        }

        var outcome = await _pump.Inbox.AcknowledgeAsync(oldest.Definition.Id, oldest.State.Occurrence, by, string.Empty, cancellationToken);
        return $"{oldest.Definition.Id}: {OutcomeWords.Of(outcome)}";
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _pump.DisposeAsync();

    private static void CreateCertificateIfMissing(GatewaySettings settings, TimeProvider time, ILogger logger)
    {
        if (settings.Sources.All(source => source.Security is "None"))
        {
            return;
        }

        try
        {
            var store = new CertificateStore(settings.CertificatesFolder);
            using var own = store.LoadOwn();
            if (own is null)
            {
                using var created = OwnCertificate.Create(settings, store, time.GetUtcNow());
                CompositionLog.CertificateCreated(logger, store.OwnFolder);
            }
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException(
                $"The certificate folder {settings.CertificatesFolder} cannot be used by user {Environment.UserName}: {failure.Message} Give that user the folder, or set \"certificates\" in gateway.json to another one.",
                failure);
        }
    }

    private async Task WriteStatusAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(_site.Settings.DataFolder, StatusFile.Name);
        using var timer = new PeriodicTimer(StatusInterval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            StatusFile.Write(file, StatusReport.Of(_site, _pump.State, _connections.Select(connection => connection.Status), _outbox.State, _uplink.State, _time.GetUtcNow()));
            if (_outbox.State.Epochs is [.., var present])
            {
                _pump.Retain(present.Epoch, present.Receipted);
            }
        }
    }
}
