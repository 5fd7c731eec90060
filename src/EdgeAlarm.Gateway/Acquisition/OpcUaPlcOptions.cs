using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>One PLC and its tags.</summary>
public sealed record OpcUaPlcOptions
{
    /// <summary>Name of the source, for messages.</summary>
    public required string Source { get; init; }

    /// <summary>How to reach the server and what is demanded of it.</summary>
    public required UaClientOptions Client { get; init; }

    /// <summary>Reads who logs in, anew for each session, so that a renewed certificate or a changed password counts without a restart; null: as <see cref="Client"/> says.</summary>
    public Func<UserIdentity>? ReadUser { get; init; }

    /// <summary>Told the certificates of each new session that has any.</summary>
    public Action<SessionCertificates>? SessionMade { get; init; }

    /// <summary>The tags of this source.</summary>
    public required IReadOnlyList<PlcTag> Tags { get; init; }

    /// <summary>Publishing interval to ask for; 10 ms to 1 min.</summary>
    public TimeSpan Publishing { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a break the server's queues have to ride out; queue sizes follow from it.</summary>
    public TimeSpan RidesOut { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest silence of the subscription while nothing changes; 1 s to 1 min. Shorter finds a dead subscription sooner.</summary>
    public TimeSpan KeepAliveEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often state and clock of the server are read; 1 s to 1 min.</summary>
    public TimeSpan StatusEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>In which each tag is read once and compared with what was notified; 1 s to 1 h. Shorter finds a change that was not notified sooner, longer spares the PLC.</summary>
    public TimeSpan AuditEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether tags are read in a cycle, each at its sampling interval, instead of being sampled and notified by the server. For servers that sample badly: whatever a break hides is lost.</summary>
    public bool ReadsCyclically { get; init; }

    /// <summary>What is known of the make of the server; null to recognise it by its own description.</summary>
    public ServerProfile? Profile { get; init; }

    /// <summary>When an item that the server refused is tried again at first; later up to ten times as rarely, for ever.</summary>
    public TimeSpan RetryItemsAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after the end of a gap its history is asked for: servers record with a delay; 0 s to 1 min.</summary>
    public TimeSpan HistoryCatchUp { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Publish requests to keep outstanding at least, 1 to 10; more where the round trip and the number of subscriptions want it, never more than 10 a session.</summary>
    public int PublishRequests { get; init; } = 4;

    /// <summary>
    /// Most tags of one subscription, at least 1; more are shared out among several. Few spread the damage of a subscription that dies, and small servers allow no more
    /// than a thousand; many save Publish requests.
    /// </summary>
    public int ItemsPerSubscription { get; init; } = 10_000;

    /// <summary>How long a server keeps a subscription that nobody asks; it has to outlive the outages that are to cost nothing.</summary>
    public TimeSpan SubscriptionLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Further servers of a redundant set that give the same tags under the same addresses; empty for none. They are used where the first is worse, or away.</summary>
    public IReadOnlyList<Uri> OtherServers { get; init; } = [];

    /// <summary>The counter to write to the PLC; null, the default, writes nothing ever.</summary>
    public HeartbeatOptions? Heartbeat { get; init; }

    /// <summary>Where it is kept what each node was at the first contact; null keeps nothing, and another variable under a known address is not noticed.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>A number that changes when the user's secret does, so that a wrong one that is corrected is tried at once; null where nothing can change.</summary>
    public Func<int>? SecretStamp { get; init; }

    /// <summary>How to reach one of the servers, with the user as it is now.</summary>
    internal UaClientOptions ClientOf(Uri server) => (ReadUser is { } readUser ? Client with { User = readUser() } : Client) with { EndpointUrl = server };

    /// <summary>What is asked of each subscription.</summary>
    internal SubscriptionRequest Subscription => new(Publishing, KeepAliveEvery, SubscriptionLifetime);

    /// <summary>Reads a source of the settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="source">Index of the source.</param>
    /// <param name="tags">All tags of the site, in the order of the engine's.</param>
    /// <param name="sessionMade">Told the certificates of each new session.</param>
    /// <exception cref="FormatException">The security of the source is none that is known.</exception>
    public static OpcUaPlcOptions From(GatewaySettings settings, int source, IReadOnlyList<TagSettings> tags, Action<SessionCertificates> sessionMade)
    {
        var from = settings.Sources[source];
        var (policy, mode) = SecurityOf(from.Security);
        return new()
        {
            Source = from.Name,
            Publishing = from.Publishing,
            RidesOut = from.RidesOut,
            AuditEvery = from.Audit,
            Profile = from.Profile,
            ReadsCyclically = from.ReadsCyclically,
            OtherServers = from.OtherUrls,
            Heartbeat = from.Heartbeat is { } heartbeat ? new(heartbeat.Node, heartbeat.Every) : null,
            IdentityFile = Path.Combine(settings.DataFolder, "identities", from.Name + ".json"),
            Tags = [.. tags.Index().Where(tag => tag.Item.Source == source).Select(tag =>
                new PlcTag(tag.Index, tag.Item.Name, tag.Item.NodeId, tag.Item.Sampling, tag.Item.Unit, tag.Item.Range) { ShortestPulse = tag.Item.ShortestPulse })],
            ReadUser = () => SourceUser.Read(from),
            SecretStamp = () => SourceUser.Stamp(from),
            SessionMade = sessionMade,
            Client = new()
            {
                EndpointUrl = from.Url,
                Policy = policy,
                Mode = mode,
                Certificates = new CertificateStore(settings.CertificatesFolder) { CommandOptions = settings.CommandOptions },
                AcceptsUnknownRevocation = from.AcceptsUnknownRevocation,
                ApplicationUri = ApplicationUriOf(settings),
                SessionName = $"EdgeAlarm {settings.Site}/{settings.Gateway}",
                SessionTimeout = from.RidesOut * 2 > TimeSpan.FromMinutes(2) ? from.RidesOut * 2 : TimeSpan.FromMinutes(2),
            },
        };
    }

    /// <summary>The gateway's identity towards every server; its certificate names it, too.</summary>
    public static string ApplicationUriOf(GatewaySettings settings) => $"urn:edgealarm:{settings.Site}:{settings.Gateway}";

    private static EndpointSecurity SecurityOf(string security) => EndpointSecurity.TryFind(security, out var known)
        ? known
        : throw new FormatException($"'{security}' is no security. Allowed: {string.Join(", ", EndpointSecurity.All)}.");
}
