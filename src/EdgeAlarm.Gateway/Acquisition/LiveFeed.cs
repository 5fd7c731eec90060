using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// The live subscriptions of a session: takes messages, keeps Publish requests outstanding unless the sink waits, watches each subscription for silence by its revised values,
/// reads the server's state and clock, and does the chores. Ends when something breaks that concerns them all. One loop, so that the sink is called from one place.
/// </summary>
internal sealed class LiveFeed
{
    private const int MadeInVainMax = 2;
    private static readonly TimeSpan HolePatience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LagSlack = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WithheldWorthTelling = TimeSpan.FromSeconds(1);

    private readonly SourceContext _source;
    private readonly UaSession _session;
    private readonly PublishPump _pump;
    private readonly PublishWindow _window;
    private readonly ServerWatch _watch;
    private readonly PlantClock _clock;
    private readonly long _begun;
    private readonly Chores _chores;
    private readonly PublishSizing _sizing;
    private PlantTime _answered;
    private PlantTime _served;
    private PlantTime _statusDue;
    private Task<UaServerStatus>? _status;
    private Task _arriving = Task.CompletedTask;

    public LiveFeed(SourceContext source, UaSession session, PublishPump pump, PublishWindow window, ServerWatch watch, RedundantServers servers)
    {
        (_source, _session, _pump, _window, _watch, _clock) = (source, session, pump, window, watch, source.Clock);
        _begun = source.Time.GetTimestamp();
        _answered = _served = _clock.Now;
        _statusDue = _clock.Now + source.Options.StatusEvery;
        _chores = new(source, session, watch, servers);
        _sizing = new(source, pump, window, watch);
    }

    /// <summary>Runs until something breaks.</summary>
    public async Task<FeedEnd> RunAsync(CancellationToken cancellationToken)
    {
        HeardAll();
        _sizing.Apply(TimeSpan.Zero);
        _pump.Fill();
        using var wakeUp = new WakeUp(_source.Time);
        using var cancelled = cancellationToken.UnsafeRegister(static wakeUp => ((WakeUp)wakeUp!).Signal(), wakeUp);
        try
        {
            return await LoopAsync(wakeUp, cancellationToken);
        }
        finally
        {
            await EndAsync(_status);
            await EndAsync(_chores.Asked);
            await _source.Merge.HandOnAsync(cancellationToken);
        }
    }

    private async Task<FeedEnd> LoopAsync(WakeUp wakeUp, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (_pump.TryTake(out var arrival))
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
            await WaitAsync(wakeUp, cancellationToken);
        }
    }

    private async Task<FeedEnd?> TakeAsync(PublishArrival arrival, CancellationToken cancellationToken)
    {
        if (arrival.Error is { } error)
        {
            return TakeError(error, arrival.SentAt);
        }
        _answered = _clock.Now;
        var isStarved = _pump.IsStarved;
        // the next request is out before this answer is worked on
        _pump.Fill();
        var response = arrival.Response!; // without an error there is one
        if (_source.Find(response.SubscriptionId) is null && await TakeMakingAsync(cancellationToken) is { } over)
        {
            return over;
        }
        if (_source.Find(response.SubscriptionId) is not { } part)
        {
            _chores.Strays.Found(response.SubscriptionId);
            arrival.Body?.Dispose();
            return null;
        }
        part.Hear(_clock.Now);
        var delivery = part.Flow!.TakeAsync(response, new(response.NotificationMessage, arrival.Timestamp, arrival.Body), cancellationToken); // a subscription has a flow
        try
        {
            await WithholdWhileAsync(delivery, cancellationToken);
        }
        catch (UaClientException refused) when (refused.Failure is UaFailure.Service)
        {
            return await LoseAsync(part, Unmended(refused), cancellationToken);
        }
        if (isStarved)
        {
            TellLag(_clock.At(arrival.Timestamp), _answered);
        }
        return await delivery switch
        {
            null => await LoseWhereLostAsync(part, cancellationToken),
            { } status when status == StatusCodes.GoodSubscriptionTransferred => await LoseAsync(part, "another client took the subscription over", cancellationToken),
            { } status => await LoseAsync(part, $"the server ended the subscription with {status}", cancellationToken),
        };
    }

    // a sink that is slow with each message withholds Publish requests as one that waits once
    private void TellLag(PlantTime arrived, PlantTime taken)
    {
        foreach (var part in _source.Living.Where(part => taken - arrived > part.Subscription!.PublishingInterval + LagSlack))
        {
            part.Flow!.Withheld(arrived);
        }
    }

    // a message may overtake the end of the task that made its subscription
    private async Task<FeedEnd?> TakeMakingAsync(CancellationToken cancellationToken)
    {
        if (_chores.Making is not { } making)
        {
            return null;
        }
        await making.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await TakeChoreAsync(cancellationToken);
    }

    private FeedEnd? TakeError(UaClientException error, long sentAt)
    {
        if (error.Status == StatusCodes.BadTooManyPublishRequests)
        {
            _sizing.Refused();
            return null;
        }
        if (error.Failure is UaFailure.Timeout)
        {
            // the server gave up a late request, or forgot it: the watchdog decides whether the subscriptions live; on a channel that broke by a timeout each new one would fail
            // at once, for ever
            if (!_session.Broken.IsCompleted)
            {
                _pump.Fill();
            }
            return null;
        }
        if (error.Status == StatusCodes.BadNoSubscription)
        {
            // a request from before the present subscriptions, or one while the only one is made anew, says nothing of them
            var isOld = sentAt < _begun || !_source.Living.Any();
            if (isOld && _source.Living.Any())
            {
                _pump.Fill();
            }
            return isOld ? null : new(LadderTrigger.SubscriptionLost, "the server has no subscription of ours any more");
        }
        return Outcomes.Of(error);
    }

    // nothing is asked of the server while the inbox is full, but neither session nor subscriptions may die of it
    private async Task WithholdWhileAsync(Task delivery, CancellationToken cancellationToken)
    {
        if (delivery.IsCompleted)
        {
            await delivery;
            return;
        }
        var since = _clock.Now;
        var kept = since;
        while (!delivery.IsCompleted)
        {
            using var tick = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(delivery, Task.Delay(_source.Options.StatusEvery, _source.Time, tick.Token));
            await tick.CancelAsync();
            if (delivery.IsCompleted)
            {
                break;
            }
            if (_status is not { IsCompleted: false })
            {
                _status = _session.ReadServerStatusAsync(cancellationToken);
            }
            if (_source.Living.Any(part => _clock.Now - kept > part.Subscription!.Lifetime / 2))
            {
                // the server serves them in turn
                foreach (var _ in _source.Living)
                {
                    _pump.KeepAlive();
                }
                kept = _clock.Now;
            }
        }
        var waited = _clock.Now - since;
        if (waited > WithheldWorthTelling)
        {
            _source.Logger.Withheld(_source.Name, waited.TotalSeconds);
        }
        foreach (var part in _source.Living.Where(part => waited > part.Subscription!.PublishingInterval * _window.Limit))
        {
            part.Flow!.Withheld(since);
        }
        HeardAll();
        await delivery;
    }

    private void HeardAll()
    {
        foreach (var part in _source.Living)
        {
            part.Watch(_clock.Now);
        }
    }

    private static async Task EndAsync(Task? asked)
    {
        // bounded by the request timeout, and at once where the channel broke
        await (asked ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<FeedEnd?> TurnAsync(CancellationToken cancellationToken)
    {
        if (_session.Broken.IsCompleted)
        {
            // what arrived before was taken; what did not can be republished
            return Outcomes.Of(await _session.Broken);
        }
        await WithholdWhileAsync(_source.Merge.HandOnWhereDueAsync(cancellationToken), cancellationToken);
        foreach (var part in _source.Parts)
        {
            if (await MendAsync(part, cancellationToken) is { } lost)
            {
                return lost;
            }
        }
        if (_status is { IsCompleted: true } asked)
        {
            (_status, _statusDue) = (null, _clock.Now + _source.Options.StatusEvery);
            if (await TakeStatusAsync(asked, cancellationToken) is { } end)
            {
                return end;
            }
        }
        if (_chores.Asked is { IsCompleted: true } && await TakeChoreAsync(cancellationToken) is { } over)
        {
            return over;
        }
        if (_status is null && _clock.Now >= _statusDue)
        {
            _status = _session.ReadServerStatusAsync(cancellationToken);
        }
        _chores.Begin(cancellationToken);
        return await SilenceAsync(cancellationToken);
    }

    private async Task<FeedEnd?> TakeChoreAsync(CancellationToken cancellationToken)
    {
        var taking = _chores.TakeAsync(cancellationToken);
        await WithholdWhileAsync(taking, cancellationToken);
        var end = await taking;
        _sizing.Apply(TimeSpan.Zero);
        _pump.Fill();
        return end;
    }

    private async Task<FeedEnd?> MendAsync(TagSubscription part, CancellationToken cancellationToken)
    {
        if (part.Flow is not { } flow)
        {
            return null;
        }
        part.HoleSince = flow.HasHole ? part.HoleSince ?? _clock.Now : null;
        if (part.HoleSince is { } since && _clock.Now - since >= HolePatience)
        {
            part.HoleSince = null;
            try
            {
                await WithholdWhileAsync(flow.MendHoleAsync(cancellationToken), cancellationToken);
            }
            catch (UaClientException refused) when (refused.Failure is UaFailure.Service)
            {
                // the others are healthy: it says nothing of them
                return await LoseAsync(part, Unmended(refused), cancellationToken);
            }
        }
        return _chores.SuspicionOf(part) is { } suspicion
            ? await LoseAsync(part, suspicion, cancellationToken)
            : await LoseWhereLostAsync(part, cancellationToken);
    }

    private async Task<FeedEnd?> LoseWhereLostAsync(TagSubscription part, CancellationToken cancellationToken) => part.Flow is { HasLost: true }
        ? await LoseAsync(part, "a message of the server was lost and it cannot send it again: its items are made anew", cancellationToken)
        : null;

    private static string Unmended(UaClientException refused) => $"a message of the server is missing and was not sent again: {refused.Message.TrimEnd('.')}";

    // the steps: the subscription anew, then a new session; where it is the only one, the whole source is told
    private async Task<FeedEnd?> LoseAsync(TagSubscription part, string reason, CancellationToken cancellationToken)
    {
        if (part.MadeInVain > MadeInVainMax)
        {
            return new(LadderTrigger.SessionUseless, $"{reason}, though it was made anew {MadeInVainMax} times");
        }
        if (_source.Living.All(living => living == part))
        {
            return new(LadderTrigger.SubscriptionLost, reason);
        }
        await WithholdWhileAsync(_chores.RenewalOf(part).BeginAsync(reason, cancellationToken), cancellationToken);
        return null;
    }

    // half-open socket: nothing answers. Dead subscription: the server answers everything but its messages
    private async Task<FeedEnd?> SilenceAsync(CancellationToken cancellationToken)
    {
        foreach (var part in _source.Parts)
        {
            if (part.DeadReason(_clock.Now, _answered) is { } reason && await LoseAsync(part, reason, cancellationToken) is { } lost)
            {
                return lost;
            }
            if (_clock.Now > part.SilentAt)
            {
                _statusDue = PlantTime.Min(_statusDue, _clock.Now);
            }
        }
        return _clock.Now - _answered > _sizing.SilenceMax + _source.Options.StatusEvery + _source.Options.Client.RequestTimeout
            ? new(LadderTrigger.Broken, $"no sign of life for {(_clock.Now - _answered).TotalSeconds:F0} s")
            : null;
    }

    private async Task<FeedEnd?> TakeStatusAsync(Task<UaServerStatus> asked, CancellationToken cancellationToken)
    {
        try
        {
            var status = await asked;
            _answered = _clock.Now;
            if (ServerWatch.IsAnotherLife(_source.Memory, status))
            {
                return new(LadderTrigger.SubscriptionLost, "the server restarted");
            }
            _sizing.Apply(_clock.At(status.ReceivedAt) - _clock.At(status.SentAt));
            await WithholdWhileAsync(_watch.TakeAsync(status, _source.Sink, cancellationToken), cancellationToken);
            if (ServerWatch.IsServing(status.State))
            {
                _served = _clock.At(status.SentAt);
                return null;
            }
            // its keep-alives may go on while its values rest: since when, nobody can say more exactly
            await WithholdWhileAsync(_source.Sink.GapFoundAsync(null, _served, _clock.Now, GapCause.ConnectionLost, cancellationToken).AsTask(), cancellationToken);
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

    private async ValueTask WaitAsync(WakeUp wakeUp, CancellationToken cancellationToken)
    {
        var now = _clock.Now;
        var next = _status is null ? _statusDue : PlantTime.Never;
        foreach (var part in _source.Parts)
        {
            next = PlantTime.Min(next, PlantTime.Min(part.SilentAt, part.StillAt));
            next = PlantTime.Min(next, part.HoleSince is { } since ? since + HolePatience : PlantTime.Never);
        }
        next = PlantTime.Min(next, PlantTime.Min(_chores.DueAt, _source.Merge.DueAt));
        var wait = next - now > TimeSpan.FromMilliseconds(20) ? next - now : TimeSpan.FromMilliseconds(20);
        wakeUp.Watch(_session.Broken);
        wakeUp.Watch(_status);
        wakeUp.Watch(_chores.Asked);
        if (_arriving.IsCompleted)
        {
            _arriving = _pump.Arrivals.WaitToReadAsync(CancellationToken.None).AsTask();
        }
        wakeUp.Watch(_arriving);
        await wakeUp.WaitAsync(wait);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
