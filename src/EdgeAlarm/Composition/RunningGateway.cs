using System.Security.Cryptography;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Recorder;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Composition;

/// <summary>
/// The gateway for as long as the process runs. An edited alarm list takes effect while everything goes on; where settings or tags changed, the gateway is put together anew within
/// the process, and each source is blind until its new subscriptions stand: a recorded gap, not a silent one. What cannot be opened anew goes on with the files from before.
/// </summary>
internal sealed class RunningGateway(SiteReload files, Site site, TimeProvider time, ILoggerFactory log) : IDisposable
{
    private readonly ILogger _logger = log.CreateLogger<RunningGateway>();
    private readonly SemaphoreSlim _oneReload = new(1);
    private Site _present = site;
    private (Site Site, TaskCompletionSource<string> Outcome)? _wanted;
    private CancellationTokenSource? _running;
    private GatewayHost? _host;

    /// <summary>The gateway at this moment; null while it is put together.</summary>
    public GatewayHost? Host => Volatile.Read(ref _host);

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="DataFolderUnusable">The data folder is in use, not writable or of a newer build.</exception>
    /// <exception cref="JournalFailure">The journal cannot be written.</exception>
    /// <exception cref="IOException">A secret or a certificate cannot be read.</exception>
    /// <exception cref="CryptographicException">The own certificate is not usable.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        do
        {
            await using var host = await OpenAsync();
            using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Volatile.Write(ref _running, running);
            Volatile.Write(ref _host, host);
            var settings = _present.Settings;
            CompositionLog.GatewayStarted(
                _logger, GatewayHost.Version, settings.Site, settings.Gateway, _present.Tags.Count, _present.Normalised.Alarms.Alarms.Length, _present.Normalised.Hash, settings.DataFolder);
            await host.RunAsync(running.Token);
            Volatile.Write(ref _host, null);
            CompositionLog.GatewayStopped(_logger, settings.Site, settings.Gateway, host.Pump.State.LastSeq);
        }
        while (!cancellationToken.IsCancellationRequested && _wanted is not null);
        _wanted?.Outcome.TrySetResult("The gateway ends.");
    }

    /// <summary>Takes the files as they are now.</summary>
    /// <returns>What became of it, in words for whoever asked.</returns>
    public async Task<string> ReloadAsync(CancellationToken cancellationToken)
    {
        await _oneReload.WaitAsync(cancellationToken);
        try
        {
            if (Host is not { } host)
            {
                return "Nothing was changed: the gateway is being put together; say it again.";
            }

            var edited = files.Read(_present);
            switch (edited.Takes)
            {
                case SiteChange.None:
                    return edited.Words;
                case SiteChange.Alarms:
                    await host.Pump.ReloadAsync(edited.Site!.Normalised, cancellationToken);
                    Take(edited.Site);
                    return edited.Words;
                case SiteChange.Everything:
                    var outcome = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                    _wanted = (edited.Site!, outcome);
                    await Volatile.Read(ref _running)!.CancelAsync();
                    return await outcome.Task.WaitAsync(cancellationToken) + edited.Words;
                default:
                    throw new InvalidOperationException($"{edited.Takes} is no change of a site.");
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"Nothing was changed: {failure.Message}";
        }
        finally
        {
            _ = _oneReload.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _oneReload.Dispose();

    private void Take(Site next)
    {
        _present = next;
        files.Taken();
    }

    private async Task<GatewayHost> OpenAsync()
    {
        if (_wanted is not { Site: var next, Outcome: var outcome })
        {
            return await GatewayHost.OpenAsync(_present, time, log);
        }

        _wanted = null;
        try
        {
            var host = await GatewayHost.OpenAsync(next, time, log);
            Take(next);
            outcome.SetResult("");
            return host;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            CompositionLog.FilesNotTaken(_logger, failure.Message);
            var host = await GatewayHost.OpenAsync(_present, time, log);
            outcome.SetResult($"The gateway goes on with the files from before: {failure.Message} What was wanted: ");
            return host;
        }
    }
}
