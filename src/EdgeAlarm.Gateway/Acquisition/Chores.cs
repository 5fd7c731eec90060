using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>The chores of one live feed, whose turns <see cref="ChoreTurns"/> gives, and the one that is being done.</summary>
internal sealed class Chores
{
    private readonly SourceContext _source;
    private readonly SubscriptionRenewal[] _renewals;
    private readonly ValueAudit[] _audits;
    private readonly ChoreTurns _turns;
    private IChore? _present;

    public Chores(SourceContext source, UaSession session, ServerWatch watch, RedundantServers servers)
    {
        _source = source;
        Strays = new(session);
        source.Units.Begin(session);
        source.History.Begin(session);
        _renewals = [.. source.Parts.Select(part => new SubscriptionRenewal(source, part, session))];
        // what is read in a cycle needs no second reading, and has no items to be counted
        var notified = source.Options.ReadsCyclically ? [] : source.Parts.ToArray();
        _audits = [.. notified.Select(part => new ValueAudit(source, part, session))];
        _turns = new(
        [
            .. _renewals, .. Heartbeats(session), Strays, .. notified.Select(part => new ItemCount(source, part)),
            .. source.Parts.Select(part => new ItemRetry(source, part, session)), .. notified.Select(part => new BacklogWatch(source, part)), .. _audits, new ServiceLevelProbe(source, watch, servers), .. IdentityChecks(session),
            source.Units, source.History,
        ],
        [.. source.Options.ReadsCyclically ? source.Parts.Select(part => new CyclicReading(source, part, session)) : []]);
    }

    /// <summary>Subscriptions that nobody knows.</summary>
    public StraySubscriptions Strays { get; }

    /// <summary>Ends when the server answered what was asked last; null where nothing was.</summary>
    public Task? Asked { get; private set; }

    /// <summary>Ends when the subscription that is being made is there; null where none is.</summary>
    public Task? Making => (_present as SubscriptionRenewal)?.Making;

    /// <summary>When the next is to begin; <see cref="PlantTime.Never"/> while one is being done.</summary>
    public PlantTime DueAt => Asked is null ? _turns.DueAt : PlantTime.Never;

    /// <summary>Makes the subscription of a part anew.</summary>
    public SubscriptionRenewal RenewalOf(TagSubscription part) => _renewals[part.Number - 1];

    /// <summary>Why a part's subscription is not to be believed; null where nothing speaks against it.</summary>
    public string? SuspicionOf(TagSubscription part) => _source.Options.ReadsCyclically ? null : _audits[part.Number - 1].Suspicion;

    /// <summary>Begins the next that is due, where none is being done.</summary>
    public void Begin(CancellationToken cancellationToken)
    {
        if (Asked is null && _turns.Next(_source.Clock.Now) is { } due)
        {
            (_present, Asked) = (due, due.AskAsync(cancellationToken));
        }
    }

    /// <summary>Takes the outcome of the present one, which was answered.</summary>
    public Task<FeedEnd?> TakeAsync(CancellationToken cancellationToken)
    {
        var (chore, asked) = (_present!, Asked!); // the caller saw that there is one
        (_present, Asked) = (null, null);
        return chore.TakeAsync(asked, cancellationToken);
    }

    private IEnumerable<IChore> Heartbeats(UaSession session) => _source.Options.Heartbeat is { } heartbeat ? [new HeartbeatWriter(_source, session, heartbeat)] : [];

    private IEnumerable<IChore> IdentityChecks(UaSession session) =>
        _source.Options.IdentityFile is { } file ? [new IdentityCheck(_source, session, new IdentityBook(file))] : [];
}
