using System.Security.Cryptography;
using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// A PLC over OPC UA: the shell of the <see cref="ReconnectLadder"/>. It makes the attempt of the ladder's state, gives the outcome back and performs the
/// effects, for ever.
/// </summary>
/// <param name="options">The PLC and its tags.</param>
/// <param name="clock">The gateway's clock.</param>
/// <param name="time">Where time comes from; the same as the clock's.</param>
/// <param name="random">Draws the jitter of the back-off.</param>
/// <param name="logger">Where to log.</param>
public sealed class OpcUaPlcConnection(OpcUaPlcOptions options, PlantClock clock, TimeProvider time, Random random, ILogger<OpcUaPlcConnection> logger) : IPlcConnection
{
    private static readonly TimeSpan StampLookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HealthyAfter = TimeSpan.FromSeconds(10);
    private const int ShortLivesMax = 2;
    private const int NotMonitoredMax = 20;
    private readonly ReconnectLadder _ladder = new();
    private readonly BackOff _backOff = new(random);
    private readonly ServerWatch _watch = new(options.Source, clock, logger);
    private readonly PublishWindow _window = new(options.PublishRequests);
    private readonly RedundantServers _servers = new([options.Client.EndpointUrl, .. options.OtherServers]);
    private readonly TagShares _parts = new(options, clock);
    private volatile SourceContext? _source;
    private UaSession? _session;
    private PublishPump? _pump;
    private TimeSpan _wait;
    private (int? Trust, int? Secret) _stamp;
    private string _toldReason = "";
    private string _downReason = "not connected yet";
    private PlantTime _outageSince = clock.Now;
    private bool _isMoving;
    private int _attempts;
    private int _connects;
    private int _shortLives;

    /// <summary>The connection at this moment. Any thread.</summary>
    public SourceStatus Status => new(
        options.Source,
        _servers.Current,
        _ladder.State,
        _downReason,
        _parts.Count(part => part.Subscription is not null),
        _parts.Count,
        _parts.Sum(part => part.Tags.MonitoredCount),
        options.Tags.Count,
        [
            .. _parts.Where(part => part.Subscription is not null)
                .SelectMany(part => part.Tags.All)
                .Where(tag => tag.ItemId == 0)
                .GroupBy(tag => tag.Status, tag => tag.Tag.Name)
                .Select(refused => new RefusedTags(refused.Key.ToString(), refused.Count(), [.. refused.Take(NotMonitoredMax)]))
                .OrderByDescending(refused => refused.Count),
        ],
        _pump?.Outstanding ?? 0,
        _window.Limit,
        _watch.RoundTrip,
        _session?.Renewals ?? 0,
        Math.Max(0, _connects - 1),
        _parts.Sum(part => part.Recreations));

    /// <inheritdoc />
    public async Task RunAsync(IPlcSink sink, CancellationToken cancellationToken)
    {
        var history = new GapHistory(options, _parts, sink, clock, logger);
        var acknowledgements = new AcknowledgementQueue();
        var merge = new BurstMerge(sink, clock, acknowledgements);
        var source = new SourceContext
        {
            Options = options, Merge = merge, Acknowledgements = acknowledgements, Sink = new GapWatch(merge, history), Clock = clock, Time = time, Logger = logger, Parts = _parts, History = history,
            Units = new UnitCheck(options, _parts, clock, logger),
        };
        var subscriptions = new SourceSubscriptions(source, _watch);
        _source = source;
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var wasLive = _ladder.State is LadderState.Live;
                var outcome = await AttemptAsync(source, subscriptions, cancellationToken);
                await PerformAsync(_ladder.Take(outcome.Trigger), outcome.Reason, source, subscriptions, cancellationToken);
                if (wasLive && _shortLives > ShortLivesMax && _ladder.State is not LadderState.Waiting)
                {
                    // what breaks as soon as it is made would be made anew as fast as the server answers
                    await Task.Delay(_backOff.AfterFailure(), time, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the gateway stops
        }
        finally
        {
            await ForgetSessionAsync(isSubscriptionKept: false);
        }
    }

    /// <inheritdoc />
    public void Flushed(uint subscription, uint sequence) => _source?.Acknowledgements.Flushed(subscription, sequence);

    private async Task<FeedEnd> AttemptAsync(SourceContext source, SourceSubscriptions subscriptions, CancellationToken cancellationToken)
    {
        try
        {
            // from Activating on there is a session, as the ladder says
            return _ladder.State switch
            {
                LadderState.Waiting => await WaitAsync(cancellationToken),
                LadderState.Connecting => await ConnectAsync(cancellationToken),
                LadderState.Activating => await ActivateAsync(subscriptions, cancellationToken),
                LadderState.CreatingSession => await CreateSessionAsync(subscriptions, cancellationToken),
                LadderState.Transferring => await subscriptions.TransferAsync(_session!, cancellationToken),
                LadderState.Republishing => await subscriptions.RepublishAsync(_session!, cancellationToken),
                LadderState.Subscribing => await SubscribeAsync(source, subscriptions, cancellationToken),
                LadderState.Live => await LiveAsync(source, cancellationToken),
            };
        }
        catch (UaClientException failed)
        {
            return OutcomeOf(failed);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // the certificate folder, or the user's secret
            return new(LadderTrigger.Refused, failed.Message);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // of this program; it must not end this connection without a word, nor cost another PLC anything
            logger.ConnectionFaulted(options.Source, fault);
            _shortLives++;
            return OutcomeOf(fault);
        }
    }

    // what was being worked on may be lost: the subscriptions are made anew, with the gap that belongs to it
    private FeedEnd OutcomeOf(Exception fault)
    {
        var reason = $"a fault of this program, {fault.GetType().Name}: {fault.Message}";
        return _ladder.State is LadderState.Live or LadderState.Republishing or LadderState.Subscribing
            ? new(LadderTrigger.SubscriptionLost, reason)
            : OutcomeOf(new UaClientException(UaFailure.Protocol, StatusCodes.BadInternalError, reason, fault));
    }

    private FeedEnd OutcomeOf(UaClientException failed) => _ladder.State switch
    {
        LadderState.Connecting or LadderState.CreatingSession or LadderState.Waiting => Outcomes.OfConnecting(failed, activating: false),
        LadderState.Activating => Outcomes.OfConnecting(failed, activating: true),
        LadderState.Transferring => Outcomes.OfTransferring(failed),
        LadderState.Republishing or LadderState.Subscribing or LadderState.Live => Outcomes.Of(failed),
    };

    private (int? Trust, int? Secret) Stamp() => (options.Client.Certificates?.TrustStamp(), options.SecretStamp?.Invoke());

    private async Task<FeedEnd> WaitAsync(CancellationToken cancellationToken)
    {
        // whoever trusts a certificate or corrects a password after the attempt began is not kept waiting
        for (var left = _wait; left > TimeSpan.Zero && Stamp() == _stamp; left -= StampLookEvery)
        {
            await Task.Delay(left < StampLookEvery ? left : StampLookEvery, time, cancellationToken);
        }
        return new(LadderTrigger.WaitElapsed);
    }

    private async Task<FeedEnd> ConnectAsync(CancellationToken cancellationToken)
    {
        _stamp = Stamp();
        _attempts++;
        if (_session is not null && !_isMoving)
        {
            await _session.OpenChannelAsync(cancellationToken);
        }
        return new(LadderTrigger.ChannelOpened);
    }

    private async Task<FeedEnd> ActivateAsync(SourceSubscriptions subscriptions, CancellationToken cancellationToken)
    {
        if (_isMoving)
        {
            // another server knows nothing of this session, and its numbers of subscriptions are others'
            await subscriptions.ForgetAllAsync(null, cancellationToken);
            return new(LadderTrigger.SessionLost, $"{_servers.Current} is tried instead");
        }
        await _session!.ActivateAsync(cancellationToken); // the ladder activates only a kept session
        return new(LadderTrigger.SessionActivated);
    }

    private async Task<FeedEnd> CreateSessionAsync(SourceSubscriptions subscriptions, CancellationToken cancellationToken)
    {
        if (_isMoving)
        {
            // what is kept for a transfer is the other server's
            await subscriptions.ForgetAllAsync(null, cancellationToken);
            _isMoving = false;
        }
        _session = await UaSession.ConnectAsync(options.ClientOf(_servers.Current), time, cancellationToken);
        await _session.LearnAsync(options.Profile, cancellationToken);
        _source!.Profile = _session.Profile; // made before the first attempt
        if (_session.Certificates is { } certificates)
        {
            options.SessionMade?.Invoke(certificates);
        }
        return new(LadderTrigger.SessionActivated);
    }

    private async Task<FeedEnd> SubscribeAsync(SourceContext source, SourceSubscriptions subscriptions, CancellationToken cancellationToken)
    {
        var made = await subscriptions.SubscribeAsync(_session!, cancellationToken); // as the ladder says
        foreach (var part in _parts.TakeRemoved())
        {
            await source.LowerAsync(part, cancellationToken);
        }
        return made;
    }

    private async Task<FeedEnd> LiveAsync(SourceContext source, CancellationToken cancellationToken)
    {
        var session = _session!; // as the ladder says
        if (_pump is null || !_pump.Serves(session))
        {
            // requests of before on the same channel are still answered: only their own pump can hear it
            _pump = new PublishPump(session, source.Acknowledgements, _window, source.Parts.Count);
        }
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.FeedEnds = ended.Token;
        var since = clock.Now;
        try
        {
            var end = await new LiveFeed(source, session, _pump, _window, _watch, _servers).RunAsync(cancellationToken);
            Lived(clock.Now - since, wasCut: end.Trigger is LadderTrigger.Broken && _parts.Any(part => part.LastSeen > since));
            return end;
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    // "connected" is never health: only what lasted begins the back-off anew, or what delivered until its cable was cut, for then each second of waiting fills the server's queues
    private void Lived(TimeSpan life, bool wasCut)
    {
        if (life < HealthyAfter && !wasCut)
        {
            _shortLives++;
            return;
        }
        _shortLives = 0;
        _backOff.Reset();
        _servers.Worked();
    }

    private async Task PerformAsync(LadderStep step, string reason, SourceContext source, SourceSubscriptions subscriptions, CancellationToken cancellationToken)
    {
        if (step.Effects.HasFlag(LadderEffects.TellSourceDown))
        {
            (_outageSince, _attempts, _toldReason) = (clock.Now, 0, "");
            logger.Disconnected(options.Source, reason.TrimEnd('.'));
        }
        if (reason.Length > 0)
        {
            _downReason = reason;
            if (source.Memory.ToldUp is not false)
            {
                source.Memory.ToldUp = false;
                await source.Sink.SourceDownAsync(reason, cancellationToken);
            }
        }
        var forgetsSession = step.Effects.HasFlag(LadderEffects.ForgetSession);
        var forgetsSubscriptions = step.Effects.HasFlag(LadderEffects.ForgetSubscription);
        if (forgetsSubscriptions)
        {
            // with its session a subscription is deleted anyway
            await subscriptions.ForgetAllAsync(forgetsSession ? null : _session, cancellationToken);
        }
        if (forgetsSession)
        {
            await ForgetSessionAsync(isSubscriptionKept: !forgetsSubscriptions);
        }
        if (step.Effects.HasFlag(LadderEffects.CloseChannel) && _session is not null)
        {
            await _session.CloseChannelAsync();
        }
        if (step.Effects.HasFlag(LadderEffects.BackOff) || step.Effects.HasFlag(LadderEffects.BackOffLong))
        {
            _wait = step.Effects.HasFlag(LadderEffects.BackOffLong) ? _backOff.AfterRefusal() : _backOff.AfterFailure();
            TellFailure(reason, step.Effects.HasFlag(LadderEffects.BackOffLong));
            if (_servers.Failed())
            {
                _isMoving = true;
                logger.ServerChanged(options.Source, _servers.Current.OriginalString);
            }
        }
        if (step.Effects.HasFlag(LadderEffects.TellConnected))
        {
            (_toldReason, _downReason) = ("", "");
            _connects++;
            var how = source.Memory.Announce ?? SourceRecovery.Connected;
            logger.Connected(options.Source, how.ToString(), source.MonitoredCount, options.Tags.Count, _attempts, (clock.Now - _outageSince).TotalSeconds);
        }
    }

    // once an episode, and again where the reason changes
    private void TellFailure(string reason, bool isRefusal)
    {
        if (!string.Equals(reason, _toldReason, StringComparison.Ordinal))
        {
            _toldReason = reason;
            logger.ConnectionFailed(options.Source, reason.TrimEnd('.'), _wait.TotalSeconds, isRefusal ? Sooner : "", (isRefusal ? BackOff.RefusalMax : BackOff.FailureMax).TotalSeconds);
        }
    }

    private string Sooner => (options.Client.Certificates, options.SecretStamp) switch
    {
        (not null, not null) => ", or at once when a certificate is trusted or the user's secret changes",
        (not null, null) => ", or at once when a certificate is trusted",
        (null, not null) => ", or at once when the user's secret changes",
        (null, null) => "",
    };

    private async Task ForgetSessionAsync(bool isSubscriptionKept)
    {
        var session = _session;
        (_session, _pump) = (null, null);
        foreach (var part in _parts)
        {
            part.MadeInVain = 0;
        }
        if (session is not null)
        {
            // a session that is closed takes its subscriptions with it
            await (isSubscriptionKept ? session.AbandonAsync() : session.DisposeAsync());
        }
    }
}
