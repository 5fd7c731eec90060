using EdgeAlarm.Historian.Storage;
using EdgeAlarm.Wire;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Historian.Intake;

/// <summary>
/// The historian: takes events from the broker, commits them, acknowledges them, sends receipts; always in this order. It outlives the store and the broker being away, each with its own
/// patience, and never holds more than two batches in memory: when the store fails it lets go of the broker, too, and gateways send again from their watermark.
/// </summary>
/// <param name="options">Settings, valid.</param>
/// <param name="store">The store; this is its one user, and disposes it.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where to tell.</param>
public sealed class HistorianIntake(HistorianOptions options, IEventStore store, TimeProvider time, ILogger<HistorianIntake> logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LookAround = TimeSpan.FromMilliseconds(500);
    private readonly long begin = time.GetTimestamp();
    private readonly Outage storeOutage = new(time);
    private readonly Outage brokerOutage = new(time);
    private readonly Backoff storeWait = new(FirstWait, LongestWait);
    private readonly Backoff brokerWait = new(FirstWait, LongestWait);
    private readonly EventWriter writer = new(store);
    private volatile HistorianState state = new(HistorianPhase.Stopped, 0, 0, 0, 0, 0, null, null);

    /// <summary>Random for each time that it becomes the active one, for the database may have been restored meanwhile; it travels in every receipt. Empty before the first.</summary>
    public string Session { get; private set; } = "";

    /// <summary>How a connection is made; over the network by default.</summary>
    internal BrokerOpening Open { get; init; } = BrokerConnection.OpenAsync;

    /// <summary>Where sessions and the spread of attempts come from. A simulator gives one from its seed.</summary>
    internal Random Chance { get; init; } = new();

    /// <summary>Where it stands, for screens; any thread.</summary>
    public HistorianState State => state;

    /// <summary>Runs until cancelled; faults of store and broker are outlived.</summary>
    /// <param name="cancellationToken">Ends it; a running batch is given up, not acknowledged, and comes again.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await ActivateAsync(cancellationToken);
                await ServeStoreAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // asked to end
        }
        finally
        {
            Enter(HistorianPhase.Stopped, null);
            await store.DisposeAsync();
        }
    }

    private TimeSpan Now => time.GetElapsedTime(begin);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => store.DisposeAsync();

    private string NewSession()
    {
        Span<byte> bytes = stackalloc byte[8];
        Chance.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private void Enter(HistorianPhase phase, string? trouble) => state = state with { Phase = phase, Trouble = trouble };

    private async Task ActivateAsync(CancellationToken cancellationToken)
    {
        var told = false;
        while (true)
        {
            try
            {
                var active = await store.TryActivateAsync(cancellationToken);
                if (storeOutage.Over() is var (length, attempts))
                {
                    HistorianLog.StoreBack(logger, length, attempts);
                }

                storeWait.Reset();
                if (active)
                {
                    Session = NewSession();
                    HistorianLog.Active(logger, options.Group, store.Name, Session);
                    return;
                }

                if (!told)
                {
                    HistorianLog.Standby(logger, options.Group, store.Name);
                    told = true;
                }

                Enter(HistorianPhase.Standby, null);
                await Task.Delay(options.StandbyInterval, time, cancellationToken);
            }
            catch (EventStoreException fault)
            {
                await StoreAwayAsync(fault, cancellationToken);
            }
        }
    }

    private async Task StoreAwayAsync(EventStoreException fault, CancellationToken cancellationToken)
    {
        Enter(HistorianPhase.WaitsForStore, fault.Message);
        if (storeOutage.Failed(fault.Message))
        {
            HistorianLog.StoreAway(logger, fault.Message);
        }

        await Task.Delay(storeWait.Next(Chance), time, cancellationToken);
    }

    /// <summary>Serves as the active historian until the store fails, over any number of broker connections.</summary>
    private async Task ServeStoreAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await ServeBrokerAsync(cancellationToken);
                throw new BrokerException($"broker {options.Broker.Host}:{options.Broker.Port}: the connection is gone");
            }
            catch (EventStoreException fault)
            {
                await StoreAwayAsync(fault, cancellationToken);
                return;
            }
            catch (Exception fault) when (fault is BrokerException or HistorianSettingsException)
            {
                Enter(HistorianPhase.WaitsForBroker, fault.Message);
                if (brokerOutage.Failed(fault.Message))
                {
                    HistorianLog.BrokerAway(logger, fault.Message);
                }

                await Task.Delay(brokerWait.Next(Chance), time, cancellationToken);
            }
        }
    }

    /// <summary>Serves over one connection to the broker; returns when that is gone.</summary>
    private async Task ServeBrokerAsync(CancellationToken cancellationToken)
    {
        if (state.Phase != HistorianPhase.WaitsForBroker)
        {
            Enter(HistorianPhase.WaitsForBroker, null);
        }

        await using var broker = await Open(options, Session, time, cancellationToken);
        var receipts = new ReceiptBook(Session, await store.ProgressAsync(cancellationToken));
        var claims = new LossClaims(options.LossGrace, Session);
        await SendAsync(broker, receipts.ForAll(), cancellationToken);
        await broker.SubscribeAsync(cancellationToken);
        if (brokerOutage.Over() is var (length, attempts))
        {
            HistorianLog.BrokerBack(logger, length, attempts);
        }

        brokerWait.Reset();
        Enter(HistorianPhase.Active, null);
        var gathering = new BatchGathering(broker.Arrivals, options.BatchMax, options.BatchDelay, LookAround, time);
        while (await gathering.NextAsync(cancellationToken) is { } batch)
        {
            await TakeAsync(broker, receipts, claims, batch, cancellationToken);
            foreach (var (gateway, range) in claims.Due(Now, receipts.Through))
            {
                var progress = await store.RecordLossAsync(gateway, range.Epoch, range.First, cancellationToken);
                HistorianLog.Loss(logger, gateway, range.Epoch, range.First, progress.Through);
                receipts.Enter([progress]);
                await SendAsync(broker, receipts.For([progress]), cancellationToken);
            }
        }
    }

    /// <summary>One batch: commit, then PUBACK, then receipt.</summary>
    private async Task TakeAsync(IBrokerLink broker, ReceiptBook receipts, LossClaims claims, IReadOnlyList<Arrival> batch, CancellationToken cancellationToken)
    {
        var contents = batch.Select(arrival => (arrival.Topic, Content: arrival.Read())).ToList();

        // first, for it was published before the events of its connection: which epoch is the present one decides what they mean
        var asked = await HearAllAsync(claims, contents, cancellationToken);
        var outcome = await writer.WriteAsync([.. contents.Select(item => item.Content).OfType<IncomingEvent>()], cancellationToken);
        foreach (var rejected in contents.Select(item => item.Content).OfType<RejectedPayload>())
        {
            outcome = outcome.With(await writer.ParkAsync(rejected, cancellationToken));
        }

        foreach (var arrival in batch)
        {
            await broker.AcknowledgeAsync(arrival, cancellationToken);
        }

        Tell(outcome);
        receipts.Enter(asked.Count > 0 ? await store.ProgressAsync(cancellationToken) : outcome.Progress);
        await SendAsync(broker, receipts.For(outcome.Progress.Where(row => !asked.Contains(row.Gateway))), cancellationToken);
        foreach (var gateway in asked)
        {
            await SendAsync(broker, receipts.ForGateway(gateway), cancellationToken);
        }
    }

    /// <summary>What gateways say of themselves.</summary>
    /// <returns>The gateways that want to know all receipts.</returns>
    private async Task<HashSet<string>> HearAllAsync(LossClaims claims, IReadOnlyList<(string Topic, object? Content)> contents, CancellationToken cancellationToken)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (topic, content) in contents)
        {
            var gateway = Topics.Parse(topic) is { } topics ? IncomingEvent.NameOf(topics) : topic;
            if (content is GatewayStatus status)
            {
                await HearAsync(claims, gateway, status, cancellationToken);
                asked.Add(gateway);
            }
            else if (content is OutboxRange range)
            {
                claims.Told(gateway, range, Now);
            }
        }

        return asked;
    }

    private async Task HearAsync(LossClaims claims, string gateway, GatewayStatus status, CancellationToken cancellationToken)
    {
        claims.Seen(gateway, status.Online, Now);
        if (status.Online)
        {
            // a last will was made when its connection began: the gateway may have begun another epoch since
            await store.DeclareEpochAsync(gateway, status.Epoch, cancellationToken);
            HistorianLog.GatewayOnline(logger, gateway, status.Epoch, status.LastSeq, status.Version);
        }
        else
        {
            HistorianLog.GatewayOffline(logger, gateway);
        }
    }

    private void Tell(WriteOutcome outcome)
    {
        foreach (var rejected in outcome.Rejected)
        {
            HistorianLog.Rejected(logger, rejected.Gateway, rejected.Reason);
        }

        foreach (var conflict in outcome.Conflicts)
        {
            HistorianLog.Conflict(logger, conflict.Key.Gateway, conflict.Key.Epoch, conflict.Key.Seq);
        }

        state = state with
        {
            Stored = state.Stored + outcome.Inserted,
            Duplicates = state.Duplicates + outcome.Duplicates,
            Rejected = state.Rejected + outcome.Rejected.Count,
            Conflicts = state.Conflicts + outcome.Conflicts.Count(),
            LastCommitAt = outcome.Stored.Count > 0 ? time.GetUtcNow() : state.LastCommitAt,
        };
    }

    private async Task SendAsync(IBrokerLink broker, IReadOnlyList<(string Gateway, Receipt Receipt)> receipts, CancellationToken cancellationToken)
    {
        foreach (var (gateway, receipt) in receipts)
        {
            if (await broker.SendAsync(gateway, receipt, cancellationToken) is { } refusal)
            {
                HistorianLog.ReceiptRefused(logger, gateway, refusal);
                state = state with { Trouble = refusal };
            }
            else
            {
                state = state with { ReceiptsSent = state.ReceiptsSent + 1 };
            }
        }
    }
}
