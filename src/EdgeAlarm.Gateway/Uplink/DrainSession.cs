using System.Buffers;
using System.Globalization;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Outbox;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Wire;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>
/// The drain over one connection: a sliding window of publishes whose oldest is awaited first (batches would stall on delayed TCP acknowledgements), with a timeout
/// of its own on that oldest one.
/// </summary>
internal sealed class DrainSession(
    UplinkOptions options,
    IBrokerLink connection,
    EventOutbox outbox,
    SendCursor cursor,
    UplinkCounters counters,
    ILogger log,
    ReceiptJudge judge,
    Action<string, bool, string> report)
{
    private const int ReadMax = 500;
    private readonly Topics _topics = new(options.Site, options.Gateway);
    private readonly Queue<InFlight> _ring = new();
    private IReadOnlyList<StoredEvent> _read = [];
    private int _readIndex;
    private long _readFrom;
    private OutboxRange? _range;
    private TimeSpan _rangeAt;

    /// <summary>Whether an event was taken by the broker since the connection began, or none waits.</summary>
    internal bool IsWell { get; private set; }

    private OutboxRange Range
    {
        get
        {
            var held = outbox.State.Draining.Range;
            return held with { Session = judge.SessionOf(held.Epoch) };
        }
    }

    /// <summary>When the loop has to come back at the latest.</summary>
    internal TimeSpan? Deadline(TimeSpan now)
    {
        TimeSpan? deadline = cursor.Deadline;
        if (_ring.TryPeek(out var head))
        {
            deadline = Earlier(deadline, head.SentAt + options.HeadTimeout);
        }

        if (_range != Range)
        {
            deadline = Earlier(deadline, _rangeAt + options.RangeEvery);
        }

        return deadline is { } due && due < now ? now : deadline;
    }

    /// <summary>Does all that can be done now.</summary>
    /// <exception cref="UplinkFailure">Nothing can be delivered over this connection any more.</exception>
    internal async Task TurnAsync(TimeSpan now, CancellationToken cancellationToken)
    {
        await ReapAsync(now, cancellationToken);
        if (connection.Broken is { } broken)
        {
            throw broken;
        }

        if (_ring.TryPeek(out var head) && now - head.SentAt >= options.HeadTimeout)
        {
            throw new UplinkFailure(
                string.Create(CultureInfo.InvariantCulture, $"The broker {BrokerRefusal.Name(options.Mqtt)} did not acknowledge event {head.Event.Seq} within {options.HeadTimeout.TotalSeconds:0.#} s."),
                "The connection is made anew; check whether the broker is frozen or overloaded.");
        }

        if (cursor.Tick(now))
        {
            Forget();
        }

        TurnToEpoch(now);
        await PublishRangeAsync(now, cancellationToken);
        await SendAsync(now, cancellationToken);
        IsWell |= _ring.Count == 0 && outbox.State.Count == 0;
    }

    /// <summary>Waits for what is in flight after the connection ended, so that nothing is left behind; never throws.</summary>
    internal async Task SettleAsync()
    {
        foreach (var flight in _ring)
        {
            try
            {
                await flight.Result;
            }
            catch (Exception)
            {
                // The connection is gone; the next one sends it again.
            }
        }
    }

    /// <summary>A receipt or a rewind moved the cursor: what was read ahead may no longer follow it.</summary>
    internal void Forget()
    {
        _read = [];
        _readIndex = 0;
    }

    /// <summary>The earlier of two deadlines; null where there is neither.</summary>
    internal static TimeSpan? Earlier(TimeSpan? left, TimeSpan? right) => left < right || right is null ? left : right;

    private async Task ReapAsync(TimeSpan now, CancellationToken cancellationToken)
    {
        while (_ring.TryPeek(out var head) && head.Result.IsCompleted)
        {
            MqttClientPublishResult result;
            try
            {
                result = await head.Result;
            }
            catch (Exception failure)
            {
                throw connection.Broken ?? BrokerRefusal.Connecting(options.Mqtt, failure, options.HeadTimeout);
            }

            _ring.Dequeue();
            switch (PublishReason.Judge(result.ReasonCode))
            {
                case PublishVerdict.Taken:
                    IsWell = true;
                    counters.Acknowledged++;
                    HandedOver(now, head.Event, result.ReasonCode);
                    break;
                case PublishVerdict.Poison:
                    await ParkAsync(head.Event, $"the broker answered {PublishReason.Name(result.ReasonCode)}.", cancellationToken);
                    break;
                case PublishVerdict.Refused:
                    throw BrokerRefusal.PublishRefused(options.Mqtt, _topics.Events, result);
            }
        }
    }

    /// <summary>
    /// Without a historian of ours the PUBACK is all the proof there is. So it is for an epoch that is over and of which the centre has other events: its receipts are theirs, and what is ours
    /// goes into the conflict table; there somebody has to listen, at least.
    /// </summary>
    private void HandedOver(TimeSpan now, StoredEvent stored, MqttClientPublishReasonCode reason)
    {
        if ((options.Receipt == ReceiptMode.Broker || (reason == MqttClientPublishReasonCode.Success && judge.IsForked(stored.Epoch) && stored.Epoch != outbox.State.Epochs[^1].Epoch)) && stored.Epoch == cursor.Epoch && stored.Seq == cursor.Through + 1)
        {
            cursor.Receipted(now, stored.Seq);
            outbox.Receipted(stored.Epoch, stored.Seq);
        }
    }

    /// <summary>Drains the oldest epoch that holds anything.</summary>
    internal void TurnToEpoch(TimeSpan now)
    {
        var draining = outbox.State.Draining;
        if (cursor.Epoch != draining.Epoch)
        {
            cursor.Begin(now, draining.Epoch, draining.First - 1);
            Forget();
        }
        else if (draining.First > cursor.Next)
        {
            cursor.SkipTo(draining.First);
            Forget();
        }
    }

    private async Task PublishRangeAsync(TimeSpan now, CancellationToken cancellationToken)
    {
        var range = Range;
        if (range == _range || (_range is not null && range.Epoch == _range.Epoch && now - _rangeAt < options.RangeEvery))
        {
            return;
        }

        var buffer = new ArrayBufferWriter<byte>();
        range.Write(buffer);
        await connection.PublishRetainedAsync(_topics.Outbox, buffer.WrittenMemory, cancellationToken);
        (_range, _rangeAt) = (range, now);
    }

    private async Task SendAsync(TimeSpan now, CancellationToken cancellationToken)
    {
        while (cursor.Room > 0 && _ring.Count < connection.Window)
        {
            while (_readIndex < _read.Count && _read[_readIndex].Seq < cursor.Next)
            {
                _readIndex++;
            }

            if (_readIndex >= _read.Count)
            {
                var draining = outbox.State.Epochs.FirstOrDefault(epoch => epoch.Epoch == cursor.Epoch);
                if (draining is null || cursor.Next > draining.Readable)
                {
                    return;
                }

                _readFrom = cursor.Next;
                (_read, _readIndex) = (await outbox.ReadAsync(cursor.Epoch, cursor.Next, ReadMax, cancellationToken), 0);
                if (_read.Count == 0)
                {
                    return;
                }
            }

            var stored = _read[_readIndex];
            if (stored.Seq > cursor.Next && _readFrom != cursor.Next)
            {
                // Read ahead before the cursor went back: whether there is a hole only a new reading tells.
                Forget();
                continue;
            }

            if (stored.Seq > cursor.Next)
            {
                // A hole: it may be passed only when all before it is receipted and the published range says so.
                cursor.SkipTo(stored.Seq);
                if (stored.Seq > cursor.Next)
                {
                    return;
                }
            }

            if (stored.Payload.Length > connection.PayloadLengthMax)
            {
                await ParkAsync(
                    stored,
                    string.Create(CultureInfo.InvariantCulture, $"its {stored.Payload.Length} bytes are more than the broker takes ({connection.PayloadLengthMax})."),
                    cancellationToken);
                continue;
            }

            _readIndex++;
            _ring.Enqueue(new(stored, now, connection.PublishEventAsync(stored.Payload)));
            cursor.Sent(now, stored.Seq);
            counters.Published++;
        }
    }

    private async Task ParkAsync(StoredEvent refused, string reason, CancellationToken cancellationToken)
    {
        var words = $"{refused.Payload.Length.ToString(CultureInfo.InvariantCulture)} bytes refused: {reason}";
        var marker = LossMarker.Make(options.Site, options.Gateway, refused, words);
        if (LossMarker.Is(refused) || marker.Payload.Length > connection.PayloadLengthMax)
        {
            throw new UplinkFailure(
                string.Create(CultureInfo.InvariantCulture, $"The broker {BrokerRefusal.Name(options.Mqtt)} refuses even the loss marker of event {refused.Seq}: {reason}"),
                "Raise the broker's message size limit.");
        }

        if (!await outbox.ParkAsync(new(refused.Epoch, refused.Seq, words, refused.Payload), marker, cancellationToken))
        {
            throw new UplinkFailure(
                string.Create(CultureInfo.InvariantCulture, $"Event {refused.Seq} cannot be parked yet: {reason}"),
                "It is tried again when the outbox is usable.");
        }

        UplinkLog.Parked(log, refused.Epoch, refused.Seq, words);
        report(OutboxConditions.Parked, true, string.Create(CultureInfo.InvariantCulture, $"Event {refused.Seq} of epoch {refused.Epoch}: {words}"));
        if (refused.Epoch == cursor.Epoch)
        {
            cursor.ResumeAt(refused.Seq);
        }

        Forget();
    }
}
