using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>What the rungs of the ladder do with the subscriptions of a source: make, move, republish, forget. Each has its own result; only a broken connection ends a rung.</summary>
internal sealed class SourceSubscriptions(SourceContext source, ServerWatch watch)
{
    private static readonly TimeSpan RepeatsWithin = TimeSpan.FromSeconds(10);
    private readonly SourceMemory _memory = source.Memory;

    /// <summary>Makes what is missing, items and all.</summary>
    /// <exception cref="UaClientException">The connection broke, or not even one subscription can be had.</exception>
    public async Task<FeedEnd> SubscribeAsync(UaSession session, CancellationToken cancellationToken)
    {
        var status = await session.ReadServerStatusAsync(cancellationToken);
        if (!ServerWatch.IsServing(status.State))
        {
            return new(LadderTrigger.Broken, $"its server is not running yet but in the state {status.State}");
        }
        _memory.ServerStartTicks = status.StartTimeTicks;
        await watch.TakeAsync(status, source.Sink, cancellationToken);
        var isWhole = source.Parts.All(part => part.Subscription is null);
        if (isWhole)
        {
            source.Parts.Limit(session.Limits.ItemsPerSubscription);
            _memory.SubscriptionIds.Clear();
        }
        var missing = source.Parts.Where(part => part.Subscription is null).ToArray();
        foreach (var part in missing)
        {
            if (await MakeAsync(part, session, isWhole, cancellationToken) is { } reused)
            {
                return reused;
            }
        }
        foreach (var part in missing)
        {
            await TellMadeAsync(part, isWhole, cancellationToken);
        }
        if (source.RidesOut is { } granted && granted < source.Options.RidesOut)
        {
            source.Logger.RevisedBelowDemand(source.Name, granted.TotalSeconds, source.Options.RidesOut.TotalSeconds);
        }
        if (isWhole)
        {
            _memory.BlindFrom = source.Parts.Min(part => part.LastSeen);
            _memory.Announce = _memory.BlindFrom is null ? SourceRecovery.Connected : SourceRecovery.Recreated;
        }
        return new(LadderTrigger.Subscribed);
    }

    /// <summary>Moves the subscriptions of the lost session to this one; those that are refused are forgotten, and made anew by the next rung.</summary>
    public async Task<FeedEnd> TransferAsync(UaSession session, CancellationToken cancellationToken)
    {
        var kept = source.Parts.Where(part => part.Subscription is not null).ToArray();
        if (kept.Length == 0)
        {
            return new(LadderTrigger.TransferRefused);
        }
        if (source.Profile.TransfersSubscriptions is { Value: false } known)
        {
            return Refuse($"servers of this make do not ({known.Source})");
        }
        if (ServerWatch.IsAnotherLife(_memory, await session.ReadServerStatusAsync(cancellationToken)))
        {
            return Refuse("the server restarted");
        }
        IReadOnlyList<TransferResult> results;
        try
        {
            results = await UaSubscription.TransferAsync(session, [.. kept.Select(part => part.Subscription!)], cancellationToken);
        }
        catch (UaClientException refused) when (Outcomes.OfTransferring(refused).Trigger is LadderTrigger.TransferRefused)
        {
            // not supported, not allowed, or no answer at all: asking again would find the same
            return Refuse(refused.Message.TrimEnd('.'));
        }
        var reason = results.FirstOrDefault(result => !result.StatusCode.IsGood)?.StatusCode.ToString() ?? "";
        if (results.All(result => !result.StatusCode.IsGood))
        {
            return Refuse($"the server answered {reason}");
        }
        var moved = 0;
        foreach (var (part, result) in kept.Zip(results))
        {
            if (result.StatusCode.IsGood)
            {
                part.Available = result.AvailableSequenceNumbers;
                moved++;
            }
            else
            {
                Forget(part);
            }
        }
        if (moved < kept.Length)
        {
            source.Logger.TransferRefused(source.Name, kept.Length - moved, kept.Length, reason);
        }
        source.Logger.Transferred(source.Name, moved, kept.Length);
        return new(LadderTrigger.Transferred);
    }

    // they stay with the old session, which nobody can use: there is nothing to delete
    private FeedEnd Refuse(string reason)
    {
        var forgotten = source.Parts.Count(part => Forget(part) is not null);
        source.Logger.TransferRefused(source.Name, forgotten, forgotten, reason);
        return new(LadderTrigger.TransferRefused, $"its subscriptions were not handed over: {reason}");
    }

    /// <summary>Fetches what was sent into the break, of each subscription; those that are gone are forgotten, and made anew by the next rung.</summary>
    /// <exception cref="UaClientException">The connection broke.</exception>
    public async Task<FeedEnd> RepublishAsync(UaSession session, CancellationToken cancellationToken)
    {
        if (ServerWatch.IsAnotherLife(_memory, await session.ReadServerStatusAsync(cancellationToken)))
        {
            return new(LadderTrigger.SubscriptionLost, "the server restarted");
        }
        _memory.Announce ??= SourceRecovery.Republished; // what was to be announced and was not is still true
        foreach (var part in source.Parts.Where(part => part.Flow is not null))
        {
            try
            {
                part.IsResumed = true;
                await RepublishAsync(part, part.Flow!, cancellationToken);
                part.RecoveredUntil = source.Clock.Now + RepeatsWithin;
                part.IsToBeCounted = true;
            }
            catch (UaClientException refused) when (refused.Failure is UaFailure.Service)
            {
                // gone, or a server that cannot republish: asking again would find the same
                await ForgetAsync(part, session, cancellationToken);
            }
        }
        return source.Parts.All(part => part.Subscription is null)
            ? new(LadderTrigger.SubscriptionLost, "the server has no subscription of ours any more")
            : new(source.Parts.All(part => part.Subscription is not null) ? LadderTrigger.Republished : LadderTrigger.RepublishedInPart);
    }

    /// <summary>Forgets them all, and deletes them where the server still answers: orphans would go on costing the PLC until their lifetime ends.</summary>
    /// <param name="session">The session, while its channel works; null where nobody can be told.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task ForgetAllAsync(UaSession? session, CancellationToken cancellationToken)
    {
        foreach (var part in source.Parts)
        {
            await ForgetAsync(part, session, cancellationToken);
        }
    }

    private async Task ForgetAsync(TagSubscription part, UaSession? session, CancellationToken cancellationToken)
    {
        if (Forget(part) is not { } subscription || session is not { Broken.IsCompleted: false })
        {
            return;
        }
        try
        {
            await subscription.DeleteAsync(cancellationToken);
        }
        catch (UaClientException)
        {
            // gone already, or soon
        }
    }

    private static async Task RepublishAsync(TagSubscription part, MessageFlow flow, CancellationToken cancellationToken)
    {
        if (part.Available is { } available)
        {
            await flow.TakeOverAsync(available, cancellationToken);
            part.Available = null;
            return;
        }
        await flow.RepublishAsync(cancellationToken);
    }

    private UaSubscription? Forget(TagSubscription part)
    {
        var subscription = part.Forget();
        if (subscription is not null)
        {
            source.Acknowledgements.Forget(subscription.Id);
            source.Merge.Forget(subscription.Id);
        }
        return subscription;
    }

    // one that the server refuses, for it allows no more, costs the others nothing: it is tried again while they are live
    private async Task<FeedEnd?> MakeAsync(TagSubscription part, UaSession session, bool isWhole, CancellationToken cancellationToken)
    {
        UaSubscription? subscription = null;
        try
        {
            subscription = await UaSubscription.CreateAsync(session, source.Options.Subscription, cancellationToken);
        }
        catch (UaClientException refused) when (refused.Failure is UaFailure.Service && source.Parts.Any(other => other.Subscription is not null))
        {
            part.RenewAt = source.Clock.Now + source.Options.RetryItemsAfter;
            source.Logger.SubscriptionRefused(source.Name, part.Number, refused.Message.TrimEnd('.'), source.Options.RetryItemsAfter.TotalSeconds);
            foreach (var tag in part.Tags.All)
            {
                tag.Status = refused.Status;
            }
            return null;
        }
        var isNew = _memory.SubscriptionIds.Add(subscription.Id);
        part.Begin(subscription, new MessageFlow(source, part, subscription), source.Clock.Now);
        if (!isNew && !isWhole)
        {
            // its messages would be taken for those of the deleted one
            return new(LadderTrigger.SubscriptionLost, FeedEnd.ReusedNumber(subscription.Id));
        }
        part.Tags.TakeAll(await part.Tags.AskAllAsync(session, subscription, _memory.ComparedIn == session, cancellationToken), subscription);
        return null;
    }

    private async Task TellMadeAsync(TagSubscription part, bool isWhole, CancellationToken cancellationToken)
    {
        // the gap of the whole source ends without those that were refused
        part.BlindFrom = isWhole && part.Subscription is not null ? null : part.BlindFrom ?? part.LastSeen ?? source.Clock.Now;
        part.RecoveredUntil = isWhole && part.LastSeen is not null ? source.Clock.Now + RepeatsWithin : PlantTime.Zero;
        if (!isWhole)
        {
            // the source comes up with the others' values: these are not known until a sample comes
            foreach (var tag in part.Tags.All)
            {
                await source.Sink.TagMonitoredAsync(tag.Tag.Index, new Quality(StatusCodes.BadNoCommunication.Code), cancellationToken);
            }
        }
        await source.TellItemsAsync(part, cancellationToken);
    }
}
