using EdgeAlarm.Engine;
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
    private static readonly TimeSpan SubscriptionLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan RepeatsWithin = TimeSpan.FromSeconds(10);
    private readonly ReconnectLadder _ladder = new();
    private readonly BackOff _backOff = new(random);
    private readonly SourceMemory _memory = new();
    private readonly ServerWatch _watch = new(options.Source, clock, logger);
    private readonly PublishWindow _window = new(options.PublishRequests);
    private readonly MonitoredTags _tags = new(options, clock);
    private UaSession? _session;
    private UaSubscription? _subscription;
    private volatile MessageFlow? _flow;
    private TimeSpan _wait;
    private string _toldReason = "";
    private PlantTime _outageSince = clock.Now;
    private int _attempts;

    /// <inheritdoc />
    public async Task RunAsync(IPlcSink sink, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var outcome = await AttemptAsync(sink, cancellationToken);
                await PerformAsync(_ladder.Take(outcome.Trigger), outcome.Reason, sink, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the gateway stops
        }
        finally
        {
            await ForgetSessionAsync();
        }
    }

    /// <inheritdoc />
    public void Flushed(uint subscription, uint sequence) => _flow?.Acknowledgements.Flushed(subscription, sequence);

    private async Task<FeedEnd> AttemptAsync(IPlcSink sink, CancellationToken cancellationToken)
    {
        try
        {
            return _ladder.State switch
            {
                LadderState.Waiting => await WaitAsync(cancellationToken),
                LadderState.Connecting => await ConnectAsync(cancellationToken),
                LadderState.Activating => await ActivateAsync(cancellationToken),
                LadderState.CreatingSession => await CreateSessionAsync(cancellationToken),
                LadderState.Republishing => await RepublishAsync(cancellationToken),
                LadderState.Subscribing => await SubscribeAsync(sink, cancellationToken),
                LadderState.Live => await LiveAsync(sink, cancellationToken),
            };
        }
        catch (UaClientException failed)
        {
            return _ladder.State switch
            {
                LadderState.Connecting or LadderState.CreatingSession or LadderState.Waiting => Outcomes.OfConnecting(failed, activating: false),
                LadderState.Activating => Outcomes.OfConnecting(failed, activating: true),
                LadderState.Republishing or LadderState.Subscribing or LadderState.Live => Outcomes.Of(failed),
            };
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // the certificate folder
            return new(LadderTrigger.Refused, failed.Message);
        }
    }

    private async Task<FeedEnd> WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_wait, time, cancellationToken);
        return new(LadderTrigger.WaitElapsed);
    }

    private async Task<FeedEnd> ConnectAsync(CancellationToken cancellationToken)
    {
        _attempts++;
        if (_session is not null)
        {
            await _session.OpenChannelAsync(cancellationToken);
        }
        return new(LadderTrigger.ChannelOpened);
    }

    private async Task<FeedEnd> ActivateAsync(CancellationToken cancellationToken)
    {
        await _session!.ActivateAsync(cancellationToken); // the ladder activates only a kept session
        return new(LadderTrigger.SessionActivated);
    }

    private async Task<FeedEnd> CreateSessionAsync(CancellationToken cancellationToken)
    {
        _session = await UaSession.ConnectAsync(options.Client, time, cancellationToken);
        return new(LadderTrigger.SessionActivated);
    }

    private async Task<FeedEnd> RepublishAsync(CancellationToken cancellationToken)
    {
        var status = await _session!.ReadServerStatusAsync(cancellationToken); // kept, as the ladder says
        if (ServerWatch.IsAnotherLife(_memory, status))
        {
            return new(LadderTrigger.SubscriptionLost, "the server restarted");
        }
        _memory.Announce ??= SourceRecovery.Republished; // what was to be announced and was not is still true
        await _flow!.RepublishAsync(cancellationToken); // made with the subscription that is kept
        _memory.RecoveredUntil = clock.Now + RepeatsWithin;
        return new(LadderTrigger.Republished);
    }

    private async Task<FeedEnd> SubscribeAsync(IPlcSink sink, CancellationToken cancellationToken)
    {
        var session = _session!; // created or activated just before
        var status = await session.ReadServerStatusAsync(cancellationToken);
        if (!ServerWatch.IsServing(status.State))
        {
            return new(LadderTrigger.Broken, $"its server is not running yet but in the state {status.State}");
        }
        _memory.ServerStartTicks = status.StartTimeTicks;
        await _watch.TakeAsync(status, sink, cancellationToken);
        var asked = new SubscriptionRequest(options.Publishing, options.KeepAliveEvery, SubscriptionLifetime);
        _subscription = await UaSubscription.CreateAsync(session, asked, cancellationToken);
        _flow = new MessageFlow(options, _subscription, _tags, _memory, sink, clock, logger);
        await _tags.CreateAllAsync(session, _subscription, cancellationToken);
        await TellItemsAsync(sink, cancellationToken);
        _memory.Announce = _memory.LastSeen is null ? SourceRecovery.Connected : SourceRecovery.Recreated;
        _memory.RecoveredUntil = _memory.LastSeen is null ? PlantTime.Zero : clock.Now + RepeatsWithin;
        return new(LadderTrigger.Subscribed);
    }

    private async Task TellItemsAsync(IPlcSink sink, CancellationToken cancellationToken)
    {
        foreach (var tag in _tags.All)
        {
            await sink.TagMonitoredAsync(tag.Tag.Index, new Quality(tag.Status.Code), cancellationToken);
        }
        var refused = _tags.All.Where(tag => tag.Status.IsBad).ToArray();
        if (refused.Length > 0)
        {
            logger.ItemsRefused(options.Source, refused.Length, refused[0].Tag.Name, refused[0].Tag.Address, refused[0].Status.ToString());
        }
        if (_tags.RidesOut is { } granted && granted < options.RidesOut)
        {
            logger.RevisedBelowDemand(options.Source, granted.TotalSeconds, options.RidesOut.TotalSeconds);
        }
    }

    private Task<FeedEnd> LiveAsync(IPlcSink sink, CancellationToken cancellationToken)
    {
        // session, subscription and flow exist in this state, as the ladder says
        var pump = new PublishPump(_session!, _subscription!, _flow!.Acknowledgements, _window);
        var feed = new LiveFeed(options, _session!, _subscription!, _tags, _flow, pump, _window, _memory, _watch, sink, clock, time, logger);
        return feed.RunAsync(cancellationToken);
    }

    private async Task PerformAsync(LadderStep step, string reason, IPlcSink sink, CancellationToken cancellationToken)
    {
        if (step.Effects.HasFlag(LadderEffects.TellSourceDown))
        {
            (_outageSince, _attempts, _toldReason) = (clock.Now, 0, "");
            logger.Disconnected(options.Source, reason.TrimEnd('.'));
        }
        if (reason.Length > 0 && _memory.ToldUp is not false)
        {
            _memory.ToldUp = false;
            await sink.SourceDownAsync(reason, cancellationToken);
        }
        if (step.Effects.HasFlag(LadderEffects.ForgetSubscription))
        {
            await ForgetSubscriptionAsync(cancellationToken);
        }
        if (step.Effects.HasFlag(LadderEffects.ForgetSession))
        {
            await ForgetSessionAsync();
        }
        if (step.Effects.HasFlag(LadderEffects.CloseChannel) && _session is not null)
        {
            await _session.CloseChannelAsync();
        }
        if (step.Effects.HasFlag(LadderEffects.BackOff) || step.Effects.HasFlag(LadderEffects.BackOffLong))
        {
            _wait = step.Effects.HasFlag(LadderEffects.BackOffLong) ? _backOff.AfterRefusal() : _backOff.AfterFailure();
            TellFailure(reason);
        }
        if (step.Effects.HasFlag(LadderEffects.ResetBackOff))
        {
            _backOff.Reset();
            _toldReason = "";
            var how = _memory.Announce ?? SourceRecovery.Connected;
            logger.Connected(options.Source, how.ToString(), _tags.All.Count(tag => tag.ItemId != 0), _tags.All.Count, _attempts, (clock.Now - _outageSince).TotalSeconds);
        }
    }

    // once an episode, and again where the reason changes
    private void TellFailure(string reason)
    {
        if (!string.Equals(reason, _toldReason, StringComparison.Ordinal))
        {
            _toldReason = reason;
            logger.ConnectionFailed(options.Source, reason.TrimEnd('.'), _wait.TotalSeconds);
        }
    }

    private async Task ForgetSubscriptionAsync(CancellationToken cancellationToken)
    {
        var subscription = _subscription;
        (_subscription, _flow) = (null, null);
        if (subscription is null || _session is not { Broken.IsCompleted: false })
        {
            return;
        }
        try
        {
            // an orphan would go on costing the PLC until its lifetime ends
            await subscription.DeleteAsync(cancellationToken);
        }
        catch (UaClientException)
        {
            // gone already, or soon
        }
    }

    private async Task ForgetSessionAsync()
    {
        var session = _session;
        (_session, _subscription, _flow) = (null, null, null);
        if (session is not null)
        {
            await session.DisposeAsync();
        }
    }
}
