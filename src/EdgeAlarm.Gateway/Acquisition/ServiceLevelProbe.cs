using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Asks the other servers of a redundant set for their ServiceLevel, slowly while all is well and sooner where the present one is degraded: a session each, closed at once. It is
/// asked beside the other chores and given up when the feed ends, because a server that is gone takes whole timeouts to say nothing.
/// </summary>
internal sealed class ServiceLevelProbe(SourceContext source, ServerWatch watch, RedundantServers servers) : IChore
{
    private static readonly TimeSpan Slowly = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private PlantTime _asked = source.Clock.Now;
    private Task<IReadOnlyList<(Uri Server, byte? Level)>>? _asking;

    /// <inheritdoc />
    public PlantTime DueAt => _asking switch
    {
        { IsCompleted: true } => _asked,
        not null => PlantTime.Never,
        null when servers.Others.Count == 0 => PlantTime.Never,
        null => _asked + (watch.ServiceLevel < RedundantServers.HealthyMin ? Soon : Slowly),
    };

    /// <inheritdoc />
    public Task AskAsync(CancellationToken cancellationToken)
    {
        if (_asking is null)
        {
            _asked = source.Clock.Now;
            _asking = AskAsync(servers.Others, source.FeedEnds);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken)
    {
        if (_asking is not { IsCompleted: true } levels)
        {
            return null;
        }
        _asking = null;
        foreach (var (server, level) in await levels) // fails only by the end of the feed
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
