using System.Buffers;
using System.Globalization;
using System.Threading.Channels;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Outbox;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Gateway.Uplink.Commands;
using EdgeAlarm.Wire;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>
/// Delivers the outbox to the centre over MQTT 5 and takes the receipts back. One loop owns everything: connect, subscribe, status, range, drain, back-off, for ever.
/// It never gives up and never skips an event; every reason why nothing is delivered is told once, with the next step.
/// </summary>
public sealed class MqttUplink
{
    private static readonly TimeSpan GoodbyeMax = TimeSpan.FromSeconds(2);
    private readonly UplinkOptions _options;
    private readonly EventOutbox _outbox;
    private readonly TimeProvider _time;
    private readonly ILogger<MqttUplink> _log;
    private readonly Action<string, bool, string> _report;
    private readonly long _start;
    private readonly Topics _topics;
    private readonly SendCursor _cursor;
    private readonly UplinkHealth _health;
    private readonly ReceiptJudge _judge;
    private readonly UplinkCounters _counters = new();
    private readonly LiveLane _live;
    private readonly CommandDesk? _commands;
    private readonly SystemCondition _receiptMissing;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private string _session = "";
    private Guid _saidEpoch;
    private TimeSpan _saidAt;
    private bool _born;
    private UplinkState _state = new(false, 0, 0, 0, 0, 0, 0, null, "not started yet");

    /// <summary>Prepares the uplink and listens to the outbox's changes; nothing is sent before <see cref="RunAsync"/>.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="outbox">What to deliver.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="log">Takes its messages.</param>
    /// <param name="report">Takes the conditions of <see cref="UplinkConditions"/> (name, active, detail); must not wait.</param>
    /// <param name="forkDetected">
    /// Called once for an epoch whose seq at the centre (second argument) lies beyond our journal's (third): rule R5 asks for a new epoch. Must not wait.
    /// </param>
    /// <param name="send">Takes commands to the engine; used where <see cref="UplinkOptions.Commands"/> names who may send any.</param>
    public MqttUplink(
        UplinkOptions options,
        EventOutbox outbox,
        TimeProvider time,
        ILogger<MqttUplink> log,
        Action<string, bool, string> report,
        Action<Guid, long, long> forkDetected,
        CommandDispatch send)
    {
        (_options, _outbox, _time, _log, _report) = (options, outbox, time, log, report);
        _start = time.GetTimestamp();
        _topics = new(options.Site, options.Gateway);
        _live = new(options.LiveMax, options.LiveAfter);
        _cursor = new(options.UnconfirmedMax, options.Receipt == ReceiptMode.Historian ? options.ReceiptWait : TimeSpan.Zero, options.StallAfter, options.StallAfterMax);
        _health = new(options, time, log, report);
        _judge = new(outbox, time, log, report, forkDetected);
        _receiptMissing = new(UplinkConditions.ReceiptMissing, report);
        _commands = options.Commands is { } commands ? new(new(commands, options.CommandsStartedAt ?? time.GetUtcNow().UtcDateTime), send, time, log, report, Wake) : null;
        Open = (settings, inbox, commands, will, wake, token) => BrokerConnection.OpenAsync(settings, _time, inbox, commands, will, wake, _log, token);
        outbox.Changed += Wake;
    }

    /// <summary>How a connection is made; over the network by default.</summary>
    internal BrokerOpening Open { get; init; }

    /// <summary>Where the names of sessions and the spread of attempts come from. A simulator gives one from its seed.</summary>
    internal Random Chance { get; init; } = new();

    /// <summary>How it stands. Any thread.</summary>
    public UplinkState State => Volatile.Read(ref _state);

    /// <summary>Tells of events that were just committed, beside the outbox: alarms among them may go ahead of what waits there. Any thread; does not wait.</summary>
    public void Offer(ReadOnlyMemory<StoredEvent> events) => _live.Offer(events.Span, Now);

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Delivers until cancelled; then says goodbye, so that the status reads offline at once.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _session = Uuid.Create(_time.GetUtcNow(), Chance).ToString("N");
        while (!cancellationToken.IsCancellationRequested)
        {
            UplinkFailure failure;
            try
            {
                await ConnectAndDrainAsync(cancellationToken);
                break;
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (UplinkFailure known)
            {
                failure = known;
            }
            catch (Exception unknown)
            {
                failure = BrokerRefusal.Connecting(_options.Mqtt, unknown, _options.ConnectTimeout);
            }

            _cursor.Disconnected(Now);
            await WaitAsync(_health.Failed(failure, Chance.NextDouble()), cancellationToken);
        }

        _cursor.Disconnected(Now);
        Publish(isConnected: false);
    }

    private async Task ConnectAndDrainAsync(CancellationToken cancellationToken)
    {
        var inbox = new ReceiptInbox();
        var connection = await Open(_options, inbox, _commands, Status(online: false), Wake, cancellationToken);
        var session = new DrainSession(_options, connection, _outbox, _cursor, _counters, _log, _judge, _report);
        var live = new LiveSession(_options, connection, _live, _counters, _log);
        var commands = _commands is null ? null : new CommandSession(_options, connection, _commands, _log);
        try
        {
            await SayStatusAsync(connection, cancellationToken);
            var wasBorn = _born;
            _born = true;
            _cursor.Connected(Now);
            await DrainAsync(connection, inbox, session, live, commands, wasBorn, cancellationToken);
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested)
            {
                await SayGoodbyeAsync(connection);
            }

            await connection.DisposeAsync();
            await session.SettleAsync();
            await live.SettleAsync();
            if (commands is not null)
            {
                await commands.SettleAsync();
            }
        }
    }

    private async Task DrainAsync(IBrokerLink connection, ReceiptInbox inbox, DrainSession session, LiveSession live, CommandSession? commands, bool wasBorn, CancellationToken cancellationToken)
    {
        await using var timer = _time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_saidEpoch != _outbox.State.Epochs[^1].Epoch || Now - _saidAt >= _options.StatusEvery)
            {
                // before anything of a new epoch, so that the centre knows it for the present one; and now and then, since a broker may lose what it keeps
                await SayStatusAsync(connection, cancellationToken);
            }

            session.TurnToEpoch(Now);
            await TakeReceiptsAsync(inbox, wasBorn, cancellationToken);
            await session.TurnAsync(Now, cancellationToken);
            await live.TurnAsync(Now, _cursor);
            if (commands is not null)
            {
                await commands.TurnAsync(cancellationToken);
            }

            if (session.IsWell)
            {
                _health.Well();
            }

            WatchReceipts();
            _health.Watch();
            Publish(isConnected: true);
            var now = Now;
            var deadline = DrainSession.Earlier(DrainSession.Earlier(session.Deadline(now), live.Deadline), _saidAt + _options.StatusEvery)!.Value - now; // three deadlines, one of which always is
            timer.Change(deadline > TimeSpan.FromMilliseconds(1) ? deadline : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            await _wake.Reader.WaitToReadAsync(cancellationToken);
            _wake.Reader.TryRead(out _);
        }
    }

    private async Task SayStatusAsync(IBrokerLink connection, CancellationToken cancellationToken)
    {
        (_saidEpoch, _saidAt) = (_outbox.State.Epochs[^1].Epoch, Now);
        await connection.PublishRetainedAsync(_topics.Status, Status(online: true), cancellationToken);
    }

    private async Task TakeReceiptsAsync(ReceiptInbox inbox, bool wasBorn, CancellationToken cancellationToken)
    {
        var (receipts, ownRange, unclear, status) = inbox.Take();
        if (wasBorn && status is { Session.Length: > 0 } && status.Session != _session)
        {
            // On the first connection it is what our own last run left behind.
            _health.TakenOver(BrokerRefusal.SecondGateway(_options.Mqtt));
        }

        if (unclear is not null)
        {
            UplinkLog.Unclear(_log, unclear);
        }

        if (ownRange is not null)
        {
            _judge.Judge(ownRange);
        }

        if (_options.Receipt == ReceiptMode.Historian)
        {
            foreach (var (receipt, retained) in receipts)
            {
                if (!await _judge.JudgeAsync(_cursor, _counters, receipt, retained, Now, cancellationToken))
                {
                    inbox.Add(receipt, retained);
                }
            }
        }
    }

    private void WatchReceipts()
    {
        var waiting = _cursor.WaitingSince is { } since ? Now - since : TimeSpan.Zero;
        if (_options.Receipt == ReceiptMode.Historian && waiting >= _options.ReceiptMissingAfter && !_receiptMissing.IsActive)
        {
            UplinkLog.ReceiptMissing(_log, _cursor.Unconfirmed, waiting);
            _receiptMissing.Set(
                active: true,
                string.Create(CultureInfo.InvariantCulture, $"{_cursor.Unconfirmed} events were published and no receipt has come for {waiting.TotalSeconds:0} s; the ordered lane stops at {_options.UnconfirmedMax}. Check that the historian runs."));
        }
        else if (waiting < _options.ReceiptMissingAfter)
        {
            _receiptMissing.Set(active: false, "Receipts come again.");
        }
    }

    private async Task SayGoodbyeAsync(IBrokerLink connection)
    {
        using var limit = new CancellationTokenSource(GoodbyeMax, _time);
        try
        {
            await connection.PublishRetainedAsync(_topics.Status, Status(online: false), limit.Token);
            await connection.DisconnectAsync(limit.Token);
        }
        catch (Exception failure) when (failure is UplinkFailure or OperationCanceledException)
        {
            // The broker publishes the last will, which says the same.
        }
    }

    private byte[] Status(bool online)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var epoch = _outbox.State.Epochs[^1].Epoch;
        new GatewayStatus(online, epoch, _outbox.LastSeq(epoch), _options.Version, _time.GetUtcNow().UtcDateTime, _session).Write(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        var until = Now + wait;
        try
        {
            // In steps, so that SYS_UPLINK_DOWN comes when it is due and not after a long back-off.
            for (var now = Now; now < until; now = Now)
            {
                Publish(isConnected: false);
                // a delay counts in whole milliseconds
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(1000, Math.Ceiling((until - now).TotalMilliseconds))), _time, cancellationToken);
                _health.Watch();
            }
        }
        catch (OperationCanceledException)
        {
            // RunAsync ends by itself.
        }
    }

    private void Publish(bool isConnected) => Volatile.Write(ref _state, new(
        isConnected,
        _counters.Published,
        _counters.Acknowledged,
        _counters.PublishedLive,
        _cursor.Rewinds,
        _cursor.Unconfirmed,
        _cursor.Through,
        _counters.LastReceiptAt,
        _health.Problem));

    private void Wake() => _wake.Writer.TryWrite(true);
}
