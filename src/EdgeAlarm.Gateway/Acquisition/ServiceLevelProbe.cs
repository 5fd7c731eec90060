using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>Asks the other servers of a redundant set for their ServiceLevel, slowly while all is well and sooner where the present one is degraded: a session each, closed at once.</summary>
internal sealed class ServiceLevelProbe(SourceContext source, ServerWatch watch, RedundantServers servers) : IChore
{
    private static readonly TimeSpan Slowly = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private PlantTime _asked = source.Clock.Now;
    private Task<IReadOnlyList<(Uri Server, byte? Level)>>? _asking;

    /// <inheritdoc />
    public PlantTime DueAt => servers.Others.Count == 0 ? PlantTime.Never : _asked + (watch.ServiceLevel < RedundantServers.HealthyMin ? Soon : Slowly);

    /// <inheritdoc />
    public Task AskAsync(CancellationToken cancellationToken)
    {
        _asked = source.Clock.Now;
        return _asking = AskAsync(servers.Others, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken)
    {
        foreach (var (server, level) in await _asking!) // set by the question, which never fails
        {
            servers.Told(server, level);
        }
        servers.Told(servers.Current, watch.ServiceLevel);
        return servers.Improve() is { } reason ? new(LadderTrigger.SessionUseless, reason) : null;
    }

    private async Task<IReadOnlyList<(Uri Server, byte? Level)>> AskAsync(IReadOnlyList<Uri> others, CancellationToken cancellationToken)
    {
        var levels = new List<(Uri, byte?)>(others.Count);
        foreach (var server in others)
        {
            levels.Add((server, await LevelAsync(server, cancellationToken)));
        }
        return levels;
    }

    private async Task<byte?> LevelAsync(Uri server, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await UaSession.ConnectAsync(source.Options.ClientOf(server), source.Time, cancellationToken);
            var status = await session.ReadServerStatusAsync(cancellationToken);
            return ServerWatch.IsServing(status.State) ? status.ServiceLevel : byte.MinValue;
        }
        catch (Exception failed) when (failed is UaClientException or IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
