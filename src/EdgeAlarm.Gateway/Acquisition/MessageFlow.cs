using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// The messages of one subscription on their way to the sink: in order, each once, every loss found, mended by Republish or told as a gap before the message
/// that follows it. One caller at a time.
/// </summary>
internal sealed class MessageFlow(OpcUaPlcOptions options, UaSubscription subscription, MonitoredTags tags, SourceMemory memory, IPlcSink sink, PlantClock clock, ILogger logger)
{
    // TCP and servers keep the order; a few held messages mean that one was lost on the way
    private const int HeldMax = 3;
    private const uint RepublishMax = 100;
    private readonly SubscriptionSequence<UaAnswer<NotificationMessage>> _sequence = new(1, HeldMax);
    private readonly List<(MonitoredTag Tag, PlantTime? Since)> _overflowed = [];
    private PlantTime? _withheldFrom;

    /// <summary>What may be acknowledged.</summary>
    public AcknowledgementQueue Acknowledgements { get; } = new(subscription.Id);

    /// <summary>Whether a message is missing.</summary>
    public bool HasHole => _sequence.HasHole;

    /// <summary>
    /// Whether a message is lost for good. It may have carried the last change of a tag that rests since: only new items tell its value, and until then its
    /// alarms would be armed on an old one.
    /// </summary>
    public bool HasLost { get; private set; }

    /// <summary>After a break: takes every message that the server sent into it, until it has no more.</summary>
    /// <exception cref="UaClientException">The connection or the subscription is gone.</exception>
    public async Task RepublishAsync(CancellationToken cancellationToken)
    {
        while (await subscription.RepublishAsync(_sequence.Expected, cancellationToken) is { } answer)
        {
            await OfferAsync(answer, recovered: true, cancellationToken);
        }
    }

    /// <summary>Takes the answer to a Publish request.</summary>
    /// <returns>The code with which the server ended the subscription; null while it lives.</returns>
    /// <exception cref="UaClientException">The connection is gone while a missing message is asked for.</exception>
    public async Task<StatusCode?> TakeAsync(PublishResponse response, long timestamp, CancellationToken cancellationToken)
    {
        if (response.SubscriptionId != subscription.Id)
        {
            return null;
        }
        var message = response.NotificationMessage;
        if (StatusChange(message) is { } status)
        {
            return status;
        }
        if (message.Notifications.Length == 0)
        {
            await TakeKeepAliveAsync(message.SequenceNumber, timestamp, cancellationToken);
        }
        else
        {
            await OfferAsync(new(message, timestamp), recovered: false, cancellationToken);
            if (_sequence.IsOverdue)
            {
                await MendHoleAsync(cancellationToken);
            }
        }
        if (memory.Announce is SourceRecovery.Republished && !response.MoreNotifications)
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
        var from = memory.LastSeen;
        if (_sequence.Missing > RepublishMax)
        {
            _sequence.GiveUpMissing();
            lost = true;
        }
        while (_sequence.Missing > 0)
        {
            if (await subscription.RepublishAsync(_sequence.Expected, cancellationToken) is { } answer)
            {
                await OfferAsync(answer, recovered: true, cancellationToken);
                continue;
            }
            _sequence.GiveUpExpected();
            lost = true;
        }
        if (lost)
        {
            // a server that never begins at 1 would have its items made anew for ever: once is enough, and a tag without a sample is not armed
            HasLost = _sequence.HasBegun || !memory.BeginsLate;
            memory.BeginsLate |= !_sequence.HasBegun;
            logger.MessagesLost(options.Source, _sequence.Expected);
            await sink.GapFoundAsync(null, from ?? clock.Now, clock.Now, GapCause.RepublishFailed, cancellationToken);
        }
        await DeliverHeldAsync(cancellationToken);
    }

    /// <summary>The sink waited so long that the server ran out of Publish requests: queues of one value lost theirs without a flag.</summary>
    public void Withheld(PlantTime from) => _withheldFrom ??= from;

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
        if (HasHole)
        {
            await MendHoleAsync(cancellationToken);
        }
        var plantTime = Arrival(timestamp);
        await TellBeforeAsync(plantTime, cancellationToken);
        await sink.NotificationAsync(new(subscription.Id, 0, plantTime, false, ReadOnlyMemory<Sample>.Empty), cancellationToken);
        memory.LastSeen = plantTime;
    }

    private async Task OfferAsync(UaAnswer<NotificationMessage> message, bool recovered, CancellationToken cancellationToken)
    {
        if (_sequence.Offer(message.Message.SequenceNumber, message) is SequenceVerdict.Deliver)
        {
            await HandOnAsync(message, recovered, cancellationToken);
            await DeliverHeldAsync(cancellationToken);
        }
    }

    private async Task DeliverHeldAsync(CancellationToken cancellationToken)
    {
        while (_sequence.TryTakeNext(out _, out var held))
        {
            await HandOnAsync(held, recovered: false, cancellationToken);
        }
    }

    private async Task HandOnAsync(UaAnswer<NotificationMessage> message, bool recovered, CancellationToken cancellationToken)
    {
        var plantTime = Arrival(message.Timestamp);
        await TellBeforeAsync(plantTime, cancellationToken);
        _overflowed.Clear();
        var samples = SampleReader.Read(message.Message, tags, plantTime, clock.WallClockAt(message.Timestamp), _overflowed, out var malformed);
        foreach (var (tag, since) in _overflowed.DistinctBy(entry => entry.Tag))
        {
            await sink.GapFoundAsync(tag.Tag.Index, since ?? memory.LastSeen ?? plantTime, plantTime, GapCause.Overflow, cancellationToken);
        }
        if (malformed)
        {
            HasLost = true;
            await sink.GapFoundAsync(null, memory.LastSeen ?? plantTime, plantTime, GapCause.RepublishFailed, cancellationToken);
        }
        // before it is handed on: the journal may have it flushed before the sink returns
        Acknowledgements.Delivered(message.Message.SequenceNumber);
        await sink.NotificationAsync(
            new(subscription.Id, message.Message.SequenceNumber, plantTime, recovered || plantTime <= memory.RecoveredUntil, samples), cancellationToken);
        memory.LastSeen = plantTime;
    }

    // gaps of the source and its coming up stand before the message that proves them
    private async Task TellBeforeAsync(PlantTime plantTime, CancellationToken cancellationToken)
    {
        if (memory.Announce is { } how and not SourceRecovery.Republished)
        {
            if (how is SourceRecovery.Recreated && memory.LastSeen is { } start)
            {
                await sink.GapFoundAsync(null, start, plantTime, GapCause.ConnectionLost, cancellationToken);
            }
            await AnnounceAsync(how, cancellationToken);
        }
        var blindFrom = memory.Announce is SourceRecovery.Republished && memory.LastSeen is { } last && plantTime - last > subscription.PublishingInterval * 2 ? last : _withheldFrom;
        if (blindFrom is { } from)
        {
            _withheldFrom = null;
            foreach (var tag in tags.All.Where(tag => tag.HasQueueOfOne && tag.ItemId != 0))
            {
                await sink.GapFoundAsync(tag.Tag.Index, from, plantTime, GapCause.Overflow, cancellationToken);
            }
        }
    }

    private async Task AnnounceAsync(SourceRecovery how, CancellationToken cancellationToken)
    {
        memory.Announce = null;
        memory.ToldUp = true;
        await sink.SourceUpAsync(how, cancellationToken);
    }

    private PlantTime Arrival(long timestamp)
    {
        var plantTime = clock.At(timestamp);
        return memory.LastSeen is { } last ? PlantTime.Max(last, plantTime) : plantTime;
    }
}
