using System.Runtime.InteropServices;
using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Hands messages on with their samples in the order of the plant's time. Where the server says that more messages wait, it has cut one burst into several, item by item:
/// they are held until the last and handed on as one, under its number. Before anything else is told of the source, and after a moment at the latest, goes what is held.
/// </summary>
/// <param name="sink">What gets everything.</param>
/// <param name="clock">Plant time.</param>
/// <param name="acknowledgements">Learns the order in which messages go on: what is held must not be acknowledged because a later message of another subscription is stored.</param>
internal sealed class BurstMerge(IPlcSink sink, PlantClock clock, AcknowledgementQueue acknowledgements) : IPlcSink
{
    /// <summary>How many samples of a source are held; with more of them a burst comes in parts.</summary>
    internal const int SamplesMax = 65_536;

    /// <summary>How long the first of a burst waits for the last: live alarms may be in it.</summary>
    internal static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(1);

    private readonly List<PlcNotification> _held = [];
    private readonly HashSet<uint> _forgotten = [];
    private readonly SampleOrder _order = new();
    private int _samples;

    /// <summary>When what is held has waited long enough; <see cref="PlantTime.Never"/> if nothing is.</summary>
    public PlantTime DueAt { get; private set; } = PlantTime.Never;

    public async ValueTask NotificationAsync(PlcNotification notification, CancellationToken cancellationToken)
    {
        if (notification.Sequence == 0)
        {
            // no message of the burst, but one that was told behind it
            await HandOnAsync(notification.Subscription, cancellationToken);
        }
        else if (notification.HasMore || IsHeld(notification.Subscription))
        {
            DueAt = _held.Count == 0 ? clock.Now + HeldFor : DueAt;
            _held.Add(notification);
            _samples += notification.Samples.Length;
            if (!notification.HasMore)
            {
                await HandOnAsync(notification.Subscription, cancellationToken);
            }
            else if (_samples >= SamplesMax || clock.Now >= DueAt)
            {
                await HandOnAsync(cancellationToken);
            }
            return;
        }
        if (notification.Sequence != 0)
        {
            // before it goes on: the journal may have it flushed before the sink returns
            acknowledgements.Delivered(notification.Subscription, notification.Sequence);
        }
        // it was handed over: nobody else reads its samples
        _order.Sort(MemoryMarshal.AsMemory(notification.Samples).Span);
        await sink.NotificationAsync(notification, cancellationToken);
    }

    /// <summary>A subscription is gone: what is held of it goes on, and is not acknowledged.</summary>
    public void Forget(uint subscription)
    {
        if (IsHeld(subscription))
        {
            _forgotten.Add(subscription);
        }
    }

    /// <summary>Hands on what has waited long enough.</summary>
    public Task HandOnWhereDueAsync(CancellationToken cancellationToken) => clock.Now >= DueAt ? HandOnAsync(cancellationToken).AsTask() : Task.CompletedTask;

    /// <summary>Hands on what is held.</summary>
    public async ValueTask HandOnAsync(CancellationToken cancellationToken)
    {
        while (_held.Count > 0)
        {
            await HandOnAsync(_held[0].Subscription, cancellationToken);
        }
    }

    public async ValueTask SourceUpAsync(SourceRecovery how, CancellationToken cancellationToken)
    {
        await HandOnAsync(cancellationToken);
        await sink.SourceUpAsync(how, cancellationToken);
    }

    public async ValueTask SourceDownAsync(string reason, CancellationToken cancellationToken)
    {
        await HandOnAsync(cancellationToken);
        await sink.SourceDownAsync(reason, cancellationToken);
    }

    public async ValueTask ClockMeasuredAsync(TimeSpan offset, bool synchronised, CancellationToken cancellationToken)
    {
        await HandOnAsync(cancellationToken);
        await sink.ClockMeasuredAsync(offset, synchronised, cancellationToken);
    }

    public async ValueTask TagMonitoredAsync(int tag, Quality result, CancellationToken cancellationToken)
    {
        await HandOnAsync(cancellationToken);
        await sink.TagMonitoredAsync(tag, result, cancellationToken);
    }

    public async ValueTask GapFoundAsync(int? tag, PlantTime start, PlantTime end, GapCause cause, CancellationToken cancellationToken)
    {
        await HandOnAsync(cancellationToken);
        await sink.GapFoundAsync(tag, start, end, cause, cancellationToken);
    }

    public ValueTask ConditionAsync(string name, bool active, string detail, CancellationToken cancellationToken) => sink.ConditionAsync(name, active, detail, cancellationToken);

    public ValueTask HistoryAsync(PlcHistory page, CancellationToken cancellationToken) => sink.HistoryAsync(page, cancellationToken);

    private bool IsHeld(uint subscription) => _held.Exists(message => message.Subscription == subscription);

    // one message with the last one's number: the ledger knows by it all that came before
    private async ValueTask HandOnAsync(uint subscription, CancellationToken cancellationToken)
    {
        var parts = _held.FindAll(message => message.Subscription == subscription);
        if (parts.Count == 0)
        {
            return;
        }
        if (!_forgotten.Remove(subscription))
        {
            parts.ForEach(message => acknowledgements.Delivered(message.Subscription, message.Sequence));
        }
        var samples = new Sample[parts.Sum(message => message.Samples.Length)];
        var count = 0;
        foreach (var message in parts)
        {
            message.Samples.CopyTo(samples.AsMemory(count));
            count += message.Samples.Length;
            message.Dispose();
        }
        _held.RemoveAll(message => message.Subscription == subscription);
        _samples -= count;
        DueAt = _held.Count == 0 ? PlantTime.Never : DueAt;
        _order.Sort(samples);
        var whole = parts[^1] with { AfterRecovery = parts.Exists(message => message.AfterRecovery), Samples = samples, Lease = null, HasMore = false };
        await sink.NotificationAsync(whole, cancellationToken);
    }
}
