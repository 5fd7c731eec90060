using System.Buffers;
using EdgeAlarm.Wire;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace EdgeAlarm.Gateway.Uplink.Commands;

/// <summary>The answers over one connection. What the broker did not take goes over the next one; a broker that refuses them costs the answers alone.</summary>
internal sealed class CommandSession(UplinkOptions options, IBrokerLink connection, CommandDesk desk, ILogger log)
{
    private const int AtOnceMax = 16;
    private readonly Queue<(CommandAnswer Answer, Task<MqttClientPublishResult?> Outcome)> _inFlight = new();
    private bool _isRefused;

    /// <summary>Carries commands in and answers out.</summary>
    internal async Task TurnAsync(CancellationToken cancellationToken)
    {
        await desk.TurnAsync(cancellationToken);
        while (_inFlight.TryPeek(out var head) && head.Outcome.IsCompleted)
        {
            _inFlight.Dequeue();
            Reap(head.Answer, await head.Outcome);
        }

        while (!_isRefused && _inFlight.Count < AtOnceMax && desk.NextAnswer() is { } answer)
        {
            var buffer = new ArrayBufferWriter<byte>();
            answer.Write(buffer);
            _inFlight.Enqueue((answer, OutcomeAsync(connection.PublishResponseAsync(buffer.WrittenMemory))));
        }
    }

    /// <summary>After the connection ended: what was in flight waits for the next one. Never throws.</summary>
    internal async Task SettleAsync()
    {
        foreach (var (answer, outcome) in _inFlight)
        {
            if (await outcome is null)
            {
                desk.Answer(answer);
            }
        }

        _inFlight.Clear();
    }

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

    private void Reap(CommandAnswer answer, MqttClientPublishResult? outcome)
    {
        if (outcome is null)
        {
            desk.Answer(answer);
        }
        else if (PublishReason.Judge(outcome.ReasonCode) == PublishVerdict.Refused && !_isRefused)
        {
            _isRefused = true;
            UplinkLog.ResponseRefused(log, BrokerRefusal.Name(options.Mqtt), PublishReason.Name(outcome.ReasonCode));
        }
    }
}
