using System.Buffers;
using System.Collections.Concurrent;
using EdgeAlarm.Wire;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EdgeAlarm.Gateway.Tests.Uplink.Commands;

/// <summary>A SCADA system that sends commands and hears their answers.</summary>
internal sealed class ScadaDouble : IAsyncDisposable
{
    private static readonly Topics Topics = new("plant1", "gw1");
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    internal ConcurrentQueue<CommandAnswer> Answers { get; } = [];

    internal async Task ConnectAsync(int port, string user)
    {
        _client.ApplicationMessageReceivedAsync += received =>
        {
            Answers.Enqueue(CommandAnswer.Parse(received.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        await _client.ConnectAsync(
            new MqttClientOptionsBuilder().WithProtocolVersion(MqttProtocolVersion.V500).WithTcpServer("127.0.0.1", port).WithCredentials(user, "").Build(),
            TestContext.Current.CancellationToken);
        await _client.SubscribeAsync(Topics.Response, MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken);
    }

    internal Task<MqttClientPublishReasonCode> SendAsync(string principal, CommandMessage message, bool retain = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        message.Write(buffer);
        return PublishAsync(Topics.Command(principal), buffer.WrittenSpan.ToArray(), retain);
    }

    internal async Task<MqttClientPublishReasonCode> PublishAsync(string topic, byte[] payload, bool retain = false) =>
        (await _client.PublishAsync(
            new MqttApplicationMessage { Topic = topic, Payload = new(payload), Retain = retain, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce },
            TestContext.Current.CancellationToken)).ReasonCode;

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
