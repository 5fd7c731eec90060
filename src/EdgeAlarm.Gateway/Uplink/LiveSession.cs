using Microsoft.Extensions.Logging;
using MQTTnet;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>The live lane over one connection: a few alarms at a time, so that it takes nothing from the ordered lane. A broker that refuses it costs the lane alone.</summary>
internal sealed class LiveSession(UplinkOptions options, IBrokerLink connection, LiveLane lane, UplinkCounters counters, ILogger log)
{
    private const int AtOnceMax = 5;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private readonly Queue<(long Seq, Task<MqttClientPublishResult?> Outcome)> _inFlight = new();
    private TimeSpan _lookAt;
    private bool _isRefused;

    /// <summary>When it has to come back; null where nothing waits.</summary>
    internal TimeSpan? Deadline => _isRefused || lane.Count == 0 ? null : _lookAt;

    /// <summary>Publishes what is due, while the ordered lane is behind.</summary>
    /// <param name="now">Now.</param>
    /// <param name="cursor">The ordered lane.</param>
    internal async Task TurnAsync(TimeSpan now, SendCursor cursor)
    {
        while (_inFlight.TryPeek(out var head) && head.Outcome.IsCompleted)
        {
            _inFlight.Dequeue();
            Reap(head.Seq, await head.Outcome);
        }

        if (_isRefused || now < _lookAt)
        {
            return;
        }

        _lookAt = now + LookEvery;
        foreach (var alarm in lane.Take(now, cursor.Epoch, cursor.Next, AtOnceMax - _inFlight.Count).Where(alarm => alarm.Payload.Length <= connection.PayloadLengthMax))
        {
            _inFlight.Enqueue((alarm.Seq, OutcomeAsync(connection.PublishLiveAsync(alarm.Payload))));
            counters.PublishedLive++;
        }
    }

    /// <summary>Waits for what is in flight after the connection ended; never throws.</summary>
    internal Task SettleAsync() => Task.WhenAll(_inFlight.Select(flight => flight.Outcome));

    private static async Task<MqttClientPublishResult?> OutcomeAsync(Task<MqttClientPublishResult> publishing)
    {
        try
        {
            return await publishing;
        }
        catch (Exception)
        {
            // the connection broke, which the ordered lane tells
            return null;
        }
    }

    private void Reap(long seq, MqttClientPublishResult? outcome)
    {
        if (outcome is not null && PublishReason.Judge(outcome.ReasonCode) == PublishVerdict.Refused && !_isRefused)
        {
            _isRefused = true;
            UplinkLog.LiveRefused(log, seq, BrokerRefusal.Name(options.Mqtt), PublishReason.Name(outcome.ReasonCode));
        }
    }
}
