using System.Buffers;
using System.Collections.Concurrent;
using EdgeAlarm.Wire;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EdgeAlarm.Gateway.Tests.Uplink;

/// <summary>A centre in memory: takes events, commits them to a table and sends receipts, unless it is told to be silent. Reconnects by itself when asked.</summary>
internal sealed class HistorianDouble : IAsyncDisposable
{
    private static readonly Topics Topics = new("plant1", "gw1");
    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid Epoch, long Seq), byte[]> _table = [];
    private readonly Dictionary<Guid, long> _through = [];
    private IMqttClient? _client;

    internal string Session { get; set; } = "h1";

    /// <summary>Whether receipts are withheld.</summary>
    internal bool Silent { get; set; }

    /// <summary>Whether events are dropped although the broker acknowledged them.</summary>
    internal bool Deaf { get; set; }

    internal int Received { get; private set; }

    /// <summary>Seqs of the alarms that came ahead of their turn, in order of arrival.</summary>
    internal ConcurrentQueue<long> Live { get; } = [];

    internal List<GatewayStatus> Statuses { get; } = [];

    internal OutboxRange? Range { get; private set; }

    internal async Task ConnectAsync(int port, string? user = null, string? password = null)
    {
        if (_client is not null)
        {
            _client.Dispose();
        }

        _client = new MqttClientFactory().CreateMqttClient();
        _client.ApplicationMessageReceivedAsync += TakeAsync;
        var options = new MqttClientOptionsBuilder().WithProtocolVersion(MqttProtocolVersion.V500).WithTcpServer("127.0.0.1", port).WithReceiveMaximum(2000);
        await _client.ConnectAsync((user is null ? options : options.WithCredentials(user, password)).Build(), TestContext.Current.CancellationToken);
        await _client.SubscribeAsync(
            new MqttClientSubscribeOptionsBuilder()
                .WithTopicFilter(Topics.Events, MqttQualityOfServiceLevel.AtLeastOnce)
                .WithTopicFilter(Topics.Live, MqttQualityOfServiceLevel.AtLeastOnce)
                .WithTopicFilter(Topics.Status, MqttQualityOfServiceLevel.AtLeastOnce)
                .WithTopicFilter(Topics.Outbox, MqttQualityOfServiceLevel.AtLeastOnce)
                .Build(),
            TestContext.Current.CancellationToken);
    }

    internal long Through(Guid epoch)
    {
        lock (_gate)
        {
            return _through.GetValueOrDefault(epoch);
        }
    }

    internal byte[] Payload(Guid epoch, long seq)
    {
        lock (_gate)
        {
            return _table[(epoch, seq)];
        }
    }

    /// <summary>Goes back to an older state of the database, as a restored backup does.</summary>
    internal void Restore(Guid epoch, long through)
    {
        lock (_gate)
        {
            foreach (var key in _table.Keys.Where(key => key.Epoch == epoch && key.Seq > through).ToArray())
            {
                _table.Remove(key);
            }

            _through[epoch] = through;
        }
    }

    internal async Task SendReceiptAsync(Guid epoch, long through, string hash = "", bool hasConflict = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new Receipt(epoch, through, Session, hash, hasConflict).Write(buffer);
        await _client!.PublishAsync(
            new MqttApplicationMessage { Topic = Topics.Receipt, Payload = new(buffer.WrittenMemory), Retain = true, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce },
            TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _client?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task TakeAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        var payload = received.ApplicationMessage.Payload.ToArray();
        switch (received.ApplicationMessage.Topic.Split('/')[^1])
        {
            case "events":
                await CommitAsync(EventJson.Parse(payload), payload);
                break;
            case "live":
                Live.Enqueue(EventJson.Parse(payload).Seq);
                break;
            case "status":
                lock (_gate)
                {
                    Statuses.Add(GatewayStatus.Parse(payload));
                }

                break;
            default:
                Range = OutboxRange.Parse(payload);
                break;
        }
    }

    private async Task CommitAsync(EventMessage message, byte[] payload)
    {
        long through;
        lock (_gate)
        {
            Received++;
            if (Deaf)
            {
                return;
            }

            Assert.True(!_table.TryGetValue((message.Epoch, message.Seq), out var known) || known.AsSpan().SequenceEqual(payload), "The same key came with other bytes.");
            _table[(message.Epoch, message.Seq)] = payload;
            through = _through.GetValueOrDefault(message.Epoch);
            while (_table.ContainsKey((message.Epoch, through + 1)))
            {
                through++;
            }

            _through[message.Epoch] = through;
        }

        // Each tenth, and wherever the flow may end: what it has is told often enough for the gateway to go on.
        if (!Silent && (through % 10 == 0 || message.Seq % 7 == 0))
        {
            _ = await Record.ExceptionAsync(() => SendReceiptAsync(message.Epoch, through));
        }
    }
}
