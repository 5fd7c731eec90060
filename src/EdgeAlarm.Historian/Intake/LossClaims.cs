using EdgeAlarm.Wire;

namespace EdgeAlarm.Historian.Intake;

/// <summary>
/// Decides when a range of events that the centre lacks counts as lost: its gateway is online, says that it holds nothing below a seq, knowing what we have, and has kept saying so for a while.
/// After a restore of the centre's database the old retained range still stands at the broker; the gateway first has to see our lower receipt, then it takes the range back and refills from its event
/// segments (design rule R7). So a range counts only with the session of our receipts in it. A gateway that is away can still refill when it returns.
/// </summary>
/// <param name="session">Ours; a range that names another was told by a gateway that knew another historian.</param>
/// <param name="grace">How long it has to insist. All moments are distances from one begin on a clock that nobody sets.</param>
internal sealed class LossClaims(TimeSpan grace, string session)
{
    private readonly Dictionary<string, Claim> claims = new(StringComparer.Ordinal);

    /// <summary>The gateway told which events it holds.</summary>
    internal void Told(string gateway, OutboxRange range, TimeSpan now)
    {
        var claim = claims.GetValueOrDefault(gateway, new Claim());
        var insists = claim.Range is { } before && before.Epoch == range.Epoch && before.First == range.First && before.Session == range.Session;
        claims[gateway] = claim with { Range = range, ToldAt = insists ? claim.ToldAt : now };
    }

    /// <summary>The gateway came or went.</summary>
    internal void Seen(string gateway, bool online, TimeSpan now)
    {
        var claim = claims.GetValueOrDefault(gateway, new Claim());
        claims[gateway] = claim with { OnlineAt = online ? claim.OnlineAt ?? now : null };
    }

    /// <summary>The claims that have stood long enough; each is given once.</summary>
    /// <param name="now">The centre's clock.</param>
    /// <param name="through">The watermark of an epoch, 0 where it is not known.</param>
    internal IReadOnlyList<(string Gateway, OutboxRange Range)> Due(TimeSpan now, Func<string, Guid, long> through)
    {
        var due = new List<(string, OutboxRange)>();
        foreach (var (gateway, claim) in claims)
        {
            if (claim is { Range: { } range, OnlineAt: { } online }
                && string.Equals(range.Session, session, StringComparison.Ordinal)
                && range.First > through(gateway, range.Epoch) + 1
                && now - (online > claim.ToldAt ? online : claim.ToldAt) >= grace)
            {
                due.Add((gateway, range));
            }
        }

        foreach (var (gateway, _) in due)
        {
            claims[gateway] = claims[gateway] with { Range = null };
        }

        return due;
    }

    private sealed record Claim
    {
        internal OutboxRange? Range { get; init; }

        internal TimeSpan ToldAt { get; init; }

        internal TimeSpan? OnlineAt { get; init; }
    }
}
