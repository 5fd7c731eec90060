using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// A live subscription: takes messages, keeps Publish requests outstanding unless the sink waits, watches for silence by the revised values, reads the
/// server's state and clock, and tries refused items again. Ends when something breaks. One loop, so that the sink is called from one place.
/// </summary>
internal sealed class LiveFeed(
    OpcUaPlcOptions options, UaSession session, UaSubscription subscription, MonitoredTags tags, MessageFlow flow, PublishPump pump, PublishWindow window,
    SourceMemory memory, ServerWatch watch, IPlcSink sink, PlantClock clock, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan HolePatience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WithheldWorthTelling = TimeSpan.FromSeconds(1);
    private static readonly FeedEnd ItemsAnew = new(LadderTrigger.SubscriptionLost, "a message of the server was lost and it cannot send it again: its items are made anew");
    private PlantTime _heard = clock.Now;
    private PlantTime _answered = clock.Now;
    private PlantTime _served = clock.Now;
    private PlantTime _statusDue = clock.Now + options.StatusEvery;
    private PlantTime? _holeSince;
    private Task<UaServerStatus>? _status;
    private Task<ItemResult>? _retry;
    private MonitoredTag? _retried;
    private int _limit = window.Limit;

    /// <summary>Runs until something breaks.</summary>
    public async Task<FeedEnd> RunAsync(CancellationToken cancellationToken)
    {
        pump.Fill();
        try
        {
            return await LoopAsync(cancellationToken);
        }
        finally
        {
            await EndAsync(_status);
            await EndAsync(_retry);
        }
    }

    private async Task<FeedEnd> LoopAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            while (pump.TryTake(out var arrival))
            {
                if (await TakeAsync(arrival, cancellationToken) is { } end)
                {
                    return end;
                }
            }
            if (await TurnAsync(cancellationToken) is { } over)
            {
                return over;
            }
            await WaitAsync(cancellationToken);
        }
    }

    private async Task<FeedEnd?> TakeAsync(PublishArrival arrival, CancellationToken cancellationToken)
    {
        if (arrival.Error is { } error)
        {
            return TakeError(error);
        }
        _heard = _answered = clock.Now;
        // the next request is out before this answer is worked on
        pump.Fill();
        var delivery = flow.TakeAsync(arrival.Response!, arrival.Timestamp, cancellationToken); // without an error there is a response
        await WithholdWhileAsync(delivery, cancellationToken);
        return await delivery switch
        {
            null => flow.HasLost ? ItemsAnew : null,
            { } status when status == StatusCodes.GoodSubscriptionTransferred => new(LadderTrigger.SubscriptionLost, "another client took the subscription over"),
            { } status => new(LadderTrigger.SubscriptionLost, $"the server ended the subscription with {status}"),
        };
    }

    private FeedEnd? TakeError(UaClientException error)
    {
        if (error.Status == StatusCodes.BadTooManyPublishRequests)
        {
            if (window.Limit < _limit)
            {
                _limit = window.Limit;
                logger.PublishWindowLowered(options.Source, _limit);
            }
            return null;
        }
        if (error.Failure is UaFailure.Timeout)
        {
            // the server gave up a late request, or forgot it: the watchdog decides whether the subscription lives
            pump.Fill();
            return null;
        }
        return error.Status == StatusCodes.BadNoSubscription
            ? new(LadderTrigger.SubscriptionLost, "the server has no subscription of ours any more")
            : Outcomes.Of(error);
    }

    // nothing is asked of the server while the inbox is full, but neither session nor subscription may die of it
    private async Task WithholdWhileAsync(Task delivery, CancellationToken cancellationToken)
    {
        if (delivery.IsCompleted)
        {
            await delivery;
            return;
        }
        var since = clock.Now;
        var kept = since;
        while (!delivery.IsCompleted)
        {
            using var tick = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(delivery, Task.Delay(options.StatusEvery, time, tick.Token));
            await tick.CancelAsync();
            if (delivery.IsCompleted)
            {
                break;
            }
            if (_status is not { IsCompleted: false })
            {
                _status = session.ReadServerStatusAsync(cancellationToken);
            }
            if (clock.Now - kept > subscription.Lifetime / 2)
            {
                pump.KeepAlive();
                kept = clock.Now;
            }
        }
        var waited = clock.Now - since;
        if (waited > WithheldWorthTelling)
        {
            logger.Withheld(options.Source, waited.TotalSeconds);
        }
        if (waited > subscription.PublishingInterval * window.Limit)
        {
            flow.Withheld(since);
        }
        _heard = clock.Now;
        await delivery;
    }

    private static async Task EndAsync(Task? asked)
    {
        // bounded by the request timeout, and at once where the channel broke
        await (asked ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<FeedEnd?> TurnAsync(CancellationToken cancellationToken)
    {
        if (session.Broken.IsCompleted)
        {
            // what arrived before was taken; what did not can be republished
            return Outcomes.Of(await session.Broken);
        }
        if (flow.HasLost)
        {
            return ItemsAnew;
        }
        var now = clock.Now;
        _holeSince = flow.HasHole ? _holeSince ?? now : null;
        if (_holeSince is { } since && now - since >= HolePatience)
        {
            await WithholdWhileAsync(flow.MendHoleAsync(cancellationToken), cancellationToken);
            _holeSince = null;
        }
        if (_status is { IsCompleted: true } asked)
        {
            (_status, _statusDue) = (null, now + options.StatusEvery);
            if (await TakeStatusAsync(asked, cancellationToken) is { } end)
            {
                return end;
            }
        }
        if (_retry is { IsCompleted: true } retry && _retried is { } tag)
        {
            (_retry, _retried) = (null, null);
            await WithholdWhileAsync(TakeRetryAsync(retry, tag, cancellationToken), cancellationToken);
        }
        if (_status is null && now >= _statusDue)
        {
            _status = session.ReadServerStatusAsync(cancellationToken);
        }
        if (_retry is null && tags.Earliest() is { } due && due.RetryAt <= now)
        {
            tags.Postpone(due);
            (_retried, _retry) = (due, tags.AskAgainAsync(due, session, subscription, cancellationToken));
        }
        return Silence(now);
    }

    // half-open socket: nothing answers. Dead subscription: the server answers everything but Publish
    private FeedEnd? Silence(PlantTime now)
    {
        if (now - _heard <= subscription.SilenceMax)
        {
            return null;
        }
        if (_answered > _heard + subscription.SilenceMax)
        {
            return new(LadderTrigger.SubscriptionLost, $"the server answers but its subscription has been silent for {(now - _heard).TotalSeconds:F0} s");
        }
        if (now - _answered > subscription.SilenceMax + options.StatusEvery + options.Client.RequestTimeout)
        {
            return new(LadderTrigger.Broken, $"no sign of life for {(now - _answered).TotalSeconds:F0} s");
        }
        _statusDue = PlantTime.Min(_statusDue, now);
        return null;
    }

    private async Task<FeedEnd?> TakeStatusAsync(Task<UaServerStatus> asked, CancellationToken cancellationToken)
    {
        try
        {
            var status = await asked;
            _answered = clock.Now;
            if (ServerWatch.IsAnotherLife(memory, status))
            {
                return new(LadderTrigger.SubscriptionLost, "the server restarted");
            }
            await WithholdWhileAsync(watch.TakeAsync(status, sink, cancellationToken), cancellationToken);
            if (ServerWatch.IsServing(status.State))
            {
                _served = clock.At(status.SentAt);
                return null;
            }
            // its keep-alives may go on while its values rest: since when, nobody can say more exactly
            await WithholdWhileAsync(sink.GapFoundAsync(null, _served, clock.Now, GapCause.ConnectionLost, cancellationToken).AsTask(), cancellationToken);
            return new(LadderTrigger.SubscriptionLost, $"its server is in the state {status.State}");
        }
        catch (UaClientException failed) when (failed.Failure is UaFailure.Timeout or UaFailure.Service)
        {
            // any other answer counts as life; silence is judged above
            return null;
        }
        catch (UaClientException failed)
        {
            return Outcomes.Of(failed);
        }
    }

    private async Task TakeRetryAsync(Task<ItemResult> retry, MonitoredTag tag, CancellationToken cancellationToken)
    {
        try
        {
            var before = tag.Status;
            tags.Take(await retry, subscription);
            if (tag.Status.IsGood && before.IsBad)
            {
                logger.ItemRecovered(options.Source, tag.Tag.Name);
            }
            if (tag.Status != before)
            {
                await sink.TagMonitoredAsync(tag.Tag.Index, new Quality(tag.Status.Code), cancellationToken);
            }
        }
        catch (UaClientException)
        {
            // the call failed, not the item: it stays postponed, and a broken connection is found by the watchdog
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var next = PlantTime.Min(_heard + subscription.SilenceMax, _status is null ? _statusDue : PlantTime.Never);
        next = PlantTime.Min(next, _holeSince is { } since ? since + HolePatience : PlantTime.Never);
        next = PlantTime.Min(next, _retry is null && tags.Earliest() is { } tag ? tag.RetryAt : PlantTime.Never);
        var wait = next - now > TimeSpan.FromMilliseconds(20) ? next - now : TimeSpan.FromMilliseconds(20);
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(
            pump.Arrivals.WaitToReadAsync(wake.Token).AsTask(), Task.Delay(wait, time, wake.Token), (Task?)_status ?? session.Broken, (Task?)_retry ?? session.Broken, session.Broken);
        await wake.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
