using System.Buffers;
using System.Collections.Concurrent;
using EdgeAlarm.TestServers;
using EdgeAlarm.Wire;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EdgeAlarm.Historian.Tests.Intake;

/// <summary>A gateway reduced to its MQTT side: publishes what a test says and keeps the receipts that come.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly IMqttClient client = new MqttClientFactory().CreateMqttClient();

    internal ConcurrentQueue<Receipt> Receipts { get; } = new();

    internal static async Task<TestGateway> ConnectAsync(MosquittoBroker broker, CancellationToken stop, int? port = null)
    {
        var gateway = new TestGateway();
        gateway.client.ApplicationMessageReceivedAsync += message =>
        {
            gateway.Receipts.Enqueue(Receipt.Parse(message.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        await gateway.client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer(broker.Host, port ?? broker.Port).WithProtocolVersion(MqttProtocolVersion.V500).Build(), stop);
        await gateway.client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter(Plant.Gw1.Receipt, MqttQualityOfServiceLevel.AtLeastOnce).Build(), stop);
        return gateway;
    }

    internal async Task PublishAsync(string topic, byte[] payload, CancellationToken stop, bool retain = false)
    {
        var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).WithRetainFlag(retain).Build();
        await client.PublishAsync(message, stop);
    }

    internal async Task EventsAsync(int first, int last, CancellationToken stop)
    {
        for (var seq = first; seq <= last; seq++)
        {
            await PublishAsync(Plant.Gw1.Events, Plant.Bytes(Plant.Message(seq)), stop);
        }
    }

    internal Task StatusAsync(bool online, CancellationToken stop, Guid? epoch = null)
    {
        var payload = new ArrayBufferWriter<byte>();
        new GatewayStatus(online, epoch ?? Plant.EpochA, 0, "1.0", Plant.Start).Write(payload);
        return PublishAsync(Plant.Gw1.Status, payload.WrittenSpan.ToArray(), stop, retain: true);
    }

    internal Task OutboxAsync(long first, long last, string session, CancellationToken stop)
    {
        var payload = new ArrayBufferWriter<byte>();
        new OutboxRange(Plant.EpochA, first, last, session).Write(payload);
        return PublishAsync(Plant.Gw1.Outbox, payload.WrittenSpan.ToArray(), stop, retain: true);
    }

    /// <summary>Waits, with a limit, for a receipt; with resending as a gateway does it if something is given for it.</summary>
    internal async Task<Receipt> ReceiptAsync(Func<Receipt, bool> wanted, CancellationToken stop, Func<Task>? resend = null)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (Receipts.FirstOrDefault(wanted) is { } receipt)
            {
                return receipt;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(40), $"no such receipt within 40 s; came: {string.Join(", ", Receipts)}");
            if (resend is not null)
            {
                await resend();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(resend is null ? 20 : 500), TimeProvider.System, stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (client.IsConnected)
        {
            await client.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None);
        }

        client.Dispose();
    }
}
