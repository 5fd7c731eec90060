using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// The audit of one subscription (F-8, F-18): reads its tags as <see cref="AuditPoll"/> says. What was not notified is evaluated now, told as a gap of its tag and as a condition
/// of the source, and its item is made anew; where many were not, the subscription is.
/// </summary>
internal sealed class ValueAudit(SourceContext source, TagSubscription part, UaSession session) : IChore
{
    private static readonly TimeSpan Way = TimeSpan.FromSeconds(2);
    private UaSubscription? _subscription;
    private AuditPoll? _poll;
    private AuditReading _reading;
    private PlantTime _askedAt;
    private Task<IReadOnlyList<DataValue>>? _asked;

    /// <inheritdoc />
    public PlantTime DueAt => IsBehind ? PlantTime.Never : Poll()?.Due ?? PlantTime.Never;

    /// <inheritdoc />
    public Task AskAsync(CancellationToken cancellationToken)
    {
        _askedAt = source.Clock.Now;
        _reading = _poll!.Next(_askedAt, part.LastSeen); // due, so there is one
        var nodes = _reading.Tags.Select(tag => new ReadValueId { NodeId = tag.Target.Node, AttributeId = AttributeIds.Value }).ToArray();
        return _asked = nodes.Length == 0
            ? Task.FromResult<IReadOnlyList<DataValue>>([])
            : session.ReadEachAsync(nodes, session.Limits, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken)
    {
        if (Poll() is not { } poll || poll != _poll)
        {
            // the subscription was made anew meanwhile
            return null;
        }
        try
        {
            var values = await _asked!; // set by the question
            if (IsBehind)
            {
                // what is missing, or still waits at the server, may be what was read
                poll.Failed(source.Clock.Now);
                return null;
            }
            var (now, wall) = (source.Clock.Now, source.Clock.WallClock);
            var findings = poll.Judge(_reading, [.. _reading.Tags.Zip(values, (tag, value) => SampleReader.OfWhole(tag, value, now, wall))], _askedAt);
            if (findings.Count > 0)
            {
                await TellAsync(findings, now, cancellationToken);
            }
            await TellConditionAsync(findings, poll.IsClean, cancellationToken);
        }
        catch (UaClientException)
        {
            // a connection that broke is found by the watchdog
            poll.Failed(source.Clock.Now);
        }
        return null;
    }

    /// <summary>Why the whole subscription is not to be believed; null while it is.</summary>
    public string? Suspicion => _poll is { IsSubscriptionSuspect: true } ? $"readings show more than {AuditPoll.FindingsMax} changes that it did not notify" : null;

    // a server that is behind for longer is told as that, and one that only says so is read all the same
    private bool IsBehind => part.HoleSince is not null || part.Flow is { HasHole: true } || (part.Flow is { MoreSince: not null } && !part.IsBehind);

    private AuditPoll? Poll()
    {
        if (part.Subscription == _subscription)
        {
            return _poll;
        }
        _subscription = part.Subscription;
        if (_subscription is not { } subscription)
        {
            return _poll = null;
        }
        var slowest = part.Tags.All.Select(tag => tag.Sampling).DefaultIfEmpty().Max();
        return _poll = new AuditPoll(part.Tags.All, source.Options.AuditEvery, session.Limits.Read, slowest + subscription.SilenceMax + Way, source.Clock.Now);
    }

    private async Task TellAsync(IReadOnlyList<AuditFinding> findings, PlantTime now, CancellationToken cancellationToken)
    {
        foreach (var finding in findings)
        {
            await source.Sink.GapFoundAsync(finding.Tag.Tag.Index, finding.Since ?? part.LastSeen ?? now, now, GapCause.NotNotified, cancellationToken);
        }
        await source.Sink.NotificationAsync(new(_subscription!.Id, 0, now, false, findings.Select(finding => finding.Sample).ToArray()), cancellationToken);
        foreach (var finding in findings)
        {
            (finding.Tag.LastSample, finding.Tag.Last) = (now, finding.Sample);
            part.Tags.Remake(finding.Tag);
        }
        source.Logger.NotNotified(source.Name, findings.Count, findings[0].Tag.Tag.Name, part.Number);
    }

    private async Task TellConditionAsync(IReadOnlyList<AuditFinding> findings, bool isClean, CancellationToken cancellationToken)
    {
        if (findings.Count > 0 && !part.HasUnnotified)
        {
            part.HasUnnotified = true;
            await source.Sink.ConditionAsync(
                AcquisitionConditions.NotNotified(source.Name, part.Number), true,
                $"{source.Name} did not notify a change of {findings[0].Tag.Tag.Name}{(findings.Count > 1 ? $" and {findings.Count - 1} other tags" : "")}; it was found by reading, and the items are made anew", cancellationToken);
        }
        else if (isClean && part.HasUnnotified)
        {
            part.HasUnnotified = false;
            await source.Sink.ConditionAsync(
                AcquisitionConditions.NotNotified(source.Name, part.Number), false, $"two rounds of readings found nothing that {source.Name} did not notify", cancellationToken);
        }
    }
}
