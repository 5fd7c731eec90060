using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// The messages of one subscription on their way to the sink: in order, each once, every loss found, mended by Republish or told as a gap before the message
/// that follows it. One caller at a time.
/// </summary>
internal sealed class MessageFlow(SourceContext source, TagSubscription part, UaSubscription subscription)
{
    // TCP and servers keep the order; a few held messages mean that one was lost on the way
    private const int HeldMax = 3;
    private const uint RepublishMax = 100;
    private readonly SourceMemory _memory = source.Memory;
    private readonly SubscriptionSequence<ReceivedMessage> _sequence = new(1, HeldMax);
    private readonly List<(MonitoredTag Tag, PlantTime? Since)> _overflowed = [];
    private PlantTime? _withheldFrom;
    private PlantTime _withheldUntil;

    /// <summary>Whether a message is missing.</summary>
    public bool HasHole => _sequence.HasHole;

    /// <summary>
    /// Whether a message is lost for good. It may have carried the last change of a tag that rests since: only new items tell its value, and until then its
    /// alarms would be armed on an old one.
    /// </summary>
    public bool HasLost { get; private set; }

    /// <summary>Since when the server has said with each answer that more messages wait (OPC 10000-4 §5.14.5); null while none does.</summary>
    public PlantTime? MoreSince { get; private set; }

    /// <summary>After a break: takes every message that the server sent into it, until it has no more.</summary>
    /// <exception cref="UaClientException">The connection or the subscription is gone.</exception>
    public async Task RepublishAsync(CancellationToken cancellationToken)
    {
        while (await subscription.RepublishAsync(_sequence.Expected, cancellationToken) is { } answer)
        {
            await OfferAsync(new(answer.Message, answer.Timestamp, Body: null), recovered: true, cancellationToken);
        }
    }

    /// <summary>After a transfer: what the server has sent and not been told to forget is taken, or acknowledged where it was taken already; what it lost is told.</summary>
    /// <param name="available">The messages that the server still has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UaClientException">The connection or the subscription is gone.</exception>
    public async Task TakeOverAsync(IReadOnlyList<uint> available, CancellationToken cancellationToken)
    {
        foreach (var sequence in available)
        {
            if (_sequence.IsDelivered(sequence))
            {
                source.Acknowledgements.Delivered(subscription.Id, sequence);
            }
            else
            {
                _sequence.Sent(sequence);
            }
        }
        if (HasHole)
        {
            await MendHoleAsync(cancellationToken);
        }
        await RepublishAsync(cancellationToken);
        _sequence.Transferred();
    }

    /// <summary>Takes the answer to a Publish request.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="message">Its message; disposed here once it was handed on.</param>
    /// <param name="cancellationToken">Ends the wait for the sink.</param>
    /// <returns>The code with which the server ended the subscription; null while it lives.</returns>
    /// <exception cref="UaClientException">The connection is gone while a missing message is asked for.</exception>
    public async Task<StatusCode?> TakeAsync(PublishResponse response, ReceivedMessage message, CancellationToken cancellationToken)
    {
        if (response.SubscriptionId != subscription.Id)
        {
            message.Dispose();
            return null;
        }
        MoreSince = response.MoreNotifications ? MoreSince ?? source.Clock.Now : null;
        if (StatusChange(message.Message) is { } status)
        {
            message.Dispose();
            return status;
        }
        if (message.Message.Notifications.Length == 0)
        {
            message.Dispose();
            await TakeKeepAliveAsync(message.Message.SequenceNumber, message.Timestamp, cancellationToken);
        }
        else
        {
            await OfferAsync(message, recovered: false, cancellationToken);
            if (_sequence.IsOverdue)
            {
                await MendHoleAsync(cancellationToken);
            }
        }
        if (_memory.Announce is SourceRecovery.Republished && !response.MoreNotifications)
        {
            await AnnounceAsync(SourceRecovery.Republished, cancellationToken);
        }
        return null;
    }

    /// <summary>Asks for the missing messages, or tells their gap, and delivers those that waited for them.</summary>
    /// <exception cref="UaClientException">The connection or the subscription is gone.</exception>
    public async Task MendHoleAsync(CancellationToken cancellationToken)
    {
        var lost = false;
        var from = part.LastSeen;
        if (_sequence.Missing > RepublishMax)
        {
            _sequence.GiveUpMissing();
            lost = true;
        }
        while (_sequence.Missing > 0)
        {
            if (await subscription.RepublishAsync(_sequence.Expected, cancellationToken) is { } answer)
            {
                await OfferAsync(new(answer.Message, answer.Timestamp, Body: null), recovered: true, cancellationToken);
                continue;
            }
            _sequence.GiveUpExpected();
            lost = true;
        }
        if (lost)
        {
            // a server that never begins at 1 would have its items made anew for ever: once is enough, and a tag without a sample is not armed
            HasLost = _sequence.HasBegun || !_memory.BeginsLate;
            _memory.BeginsLate |= !_sequence.HasBegun;
            source.Logger.MessagesLost(source.Name, _sequence.Expected);
            var until = _sequence.TryPeekNext(out var next) ? Arrival(next.Timestamp) : source.Clock.Now;
            await source.TellGapAsync(part, from ?? until, until, GapCause.RepublishFailed, cancellationToken);
        }
        await DeliverHeldAsync(cancellationToken);
    }

    /// <summary>The sink waited so long that the server ran out of Publish requests: queues of one value lost theirs without a flag.</summary>
    /// <param name="from">Since when; until now.</param>
    public void Withheld(PlantTime from)
    {
        if (_withheldFrom is null)
        {
            (_withheldFrom, _withheldUntil) = (from, source.Clock.Now);
        }
    }

    private static StatusCode? StatusChange(NotificationMessage message)
    {
        foreach (var notification in message.Notifications)
        {
            if (notification.TryDecode<StatusChangeNotification>(OpcUa.BinaryEncoding.DecodingLimits.Default, out var change))
            {
                return change.Status;
            }
        }
        return null;
    }

    private async Task TakeKeepAliveAsync(uint next, long timestamp, CancellationToken cancellationToken)
    {
        _sequence.OfferKeepAlive(next);
        await TellSkippedAsync(timestamp, cancellationToken);
        if (HasHole)
        {
            await MendHoleAsync(cancellationToken);
        }
        var plantTime = Arrival(timestamp);
        await TellBeforeAsync(plantTime, cancellationToken);
        await source.Sink.NotificationAsync(new(subscription.Id, 0, plantTime, false, ReadOnlyMemory<Sample>.Empty), cancellationToken);
        part.LastSeen = plantTime;
    }

    private async Task OfferAsync(ReceivedMessage message, bool recovered, CancellationToken cancellationToken)
    {
        var verdict = _sequence.Offer(message.Message.SequenceNumber, message);
        await TellSkippedAsync(message.Timestamp, cancellationToken);
        switch (verdict)
        {
            case SequenceVerdict.Deliver:
                await HandOnAsync(message, recovered, cancellationToken);
                await DeliverHeldAsync(cancellationToken);
                break;
            case SequenceVerdict.Known:
                message.Dispose();
                break;
            case SequenceVerdict.Held:
                break;
        }
    }

    // most likely the number was spent on telling the old session; nobody can say that it carried nothing
    private async Task TellSkippedAsync(long timestamp, CancellationToken cancellationToken)
    {
        if (_sequence.TakeSkipped())
        {
            var arrived = Arrival(timestamp);
            await source.TellGapAsync(part, part.LastSeen ?? arrived, arrived, GapCause.ConnectionLost, cancellationToken);
        }
    }

    private async Task DeliverHeldAsync(CancellationToken cancellationToken)
    {
        while (_sequence.TryTakeNext(out _, out var held))
        {
            await HandOnAsync(held, recovered: false, cancellationToken);
        }
    }

    private async Task HandOnAsync(ReceivedMessage message, bool recovered, CancellationToken cancellationToken)
    {
        var plantTime = Arrival(message.Timestamp);
        await TellBeforeAsync(plantTime, cancellationToken);
        _overflowed.Clear();
        var (samples, lease) = SampleReader.Read(message.Message, part.Tags, plantTime, source.Clock.WallClockAt(message.Timestamp), _overflowed, out var unreadable);
        if (_overflowed.Count > 0)
        {
            await TellOverflowAsync(plantTime, cancellationToken);
        }
        if (unreadable is { IsRestLost: true })
        {
            HasLost = true;
            await source.TellGapAsync(part, part.LastSeen ?? plantTime, plantTime, GapCause.RepublishFailed, cancellationToken);
        }
        await source.Sink.NotificationAsync(
            new(subscription.Id, message.Message.SequenceNumber, plantTime, recovered || plantTime <= part.RecoveredUntil, samples) { Lease = lease, HasMore = MoreSince is not null && !recovered }, cancellationToken);
        message.Dispose();
        part.LastSeen = plantTime;
        if (unreadable is { } value && part.Tags.Isolate(value.Handle) is { } isolated)
        {
            // behind its samples, which were good
            source.Logger.ValueUnreadable(source.Name, isolated.Tag.Name, isolated.Tag.Address, value.Problem);
            await source.Sink.TagMonitoredAsync(isolated.Tag.Index, new Quality(isolated.Status.Code), cancellationToken);
        }
    }

    private async Task TellOverflowAsync(PlantTime plantTime, CancellationToken cancellationToken)
    {
        foreach (var (tag, since) in _overflowed.DistinctBy(entry => entry.Tag))
        {
            await source.Sink.GapFoundAsync(tag.Tag.Index, since ?? part.LastSeen ?? plantTime, plantTime, GapCause.Overflow, cancellationToken);
        }
    }

    // gaps and the source's coming up stand before the message that proves them
    private async Task TellBeforeAsync(PlantTime plantTime, CancellationToken cancellationToken)
    {
        if (_memory.Announce is { } how and not SourceRecovery.Republished)
        {
            if (how is SourceRecovery.Recreated && _memory.BlindFrom is { } start)
            {
                // the items of all subscriptions were there before the first message of any came
                await source.Sink.GapFoundAsync(null, start, plantTime, GapCause.ConnectionLost, cancellationToken);
            }
            await AnnounceAsync(how, cancellationToken);
        }
        if (part.BlindFrom is { } blind)
        {
            part.BlindFrom = null;
            await source.TellGapAsync(part, blind, plantTime, GapCause.ConnectionLost, cancellationToken);
        }
        PlantTime? quietFrom = part.IsResumed && part.LastSeen is { } last && plantTime - last > subscription.PublishingInterval * 2 ? last : null;
        if (plantTime >= _withheldUntil && _withheldFrom is { } withheld)
        {
            // what arrived earlier was sent while the server still had requests
            quietFrom = quietFrom is { } quiet ? PlantTime.Min(quiet, withheld) : withheld;
            _withheldFrom = null;
        }
        part.IsResumed = false;
        if (quietFrom is { } from)
        {
            foreach (var tag in part.Tags.All.Where(tag => tag.HasQueueOfOne && tag.ItemId != 0))
            {
                await source.Sink.GapFoundAsync(tag.Tag.Index, from, plantTime, GapCause.Overflow, cancellationToken);
            }
        }
    }

    private async Task AnnounceAsync(SourceRecovery how, CancellationToken cancellationToken)
    {
        _memory.Announce = null;
        _memory.ToldUp = true;
        await source.Sink.SourceUpAsync(how, cancellationToken);
    }

    private PlantTime Arrival(long timestamp)
    {
        var plantTime = source.Clock.At(timestamp);
        return part.LastSeen is { } last ? PlantTime.Max(last, plantTime) : plantTime;
    }
}
