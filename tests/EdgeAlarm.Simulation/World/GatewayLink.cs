using EdgeAlarm.Gateway.Uplink;
using EdgeAlarm.Wire;
using MQTTnet;

namespace EdgeAlarm.Simulation.World;

/// <summary>The uplink's connection to the simulated broker.</summary>
internal sealed class GatewayLink(UplinkOptions options, Life life, Action wake) : Gateway.Uplink.IBrokerLink
{
    private readonly Topics _topics = new(options.Site, options.Gateway);
    private BrokerSession? _session;
    private bool _isDisposed;

    public UplinkFailure? Broken { get; private set; }

    public int Window => options.Mqtt.Window;

    public long PayloadLengthMax => WireLimits.MessageLengthMax;

    public static async Task<Gateway.Uplink.IBrokerLink> OpenAsync(SimulatedBroker broker, Life life, UplinkOptions options, ReceiptInbox inbox, byte[] will, Action wake, CancellationToken cancellationToken)
    {
        var link = new GatewayLink(options, life, wake);
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, life.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var client = new BrokerClient($"edgealarm-{options.Site}-{options.Gateway}", life, options.KeepAlive, 65_535, (topic, payload, retained) => link.Take(inbox, topic, payload, retained), link.End)
            {
                WillTopic = link._topics.Status,
                Will = will,
            };
            link._session = await broker.ConnectAsync(client, either.Token);
            await link._session.SubscribeAsync(either.Token, (link._topics.Receipt, false), (link._topics.Outbox, true), (link._topics.Status, true));
            return link;
        }
        catch (Exception failure)
        {
            await link.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            throw BrokerRefusal.Connecting(options.Mqtt, failure, options.ConnectTimeout);
        }
    }

    public Task<MqttClientPublishResult> PublishEventAsync(ReadOnlyMemory<byte> payload) => PublishAsync(_topics.Events, payload, retain: false);

    public Task<MqttClientPublishResult> PublishLiveAsync(ReadOnlyMemory<byte> payload) => PublishAsync(_topics.Live, payload, retain: false);

    public Task<MqttClientPublishResult> PublishResponseAsync(ReadOnlyMemory<byte> payload) => PublishAsync(_topics.Response, payload, retain: false);

    public async Task PublishRetainedAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, life.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var given = new TaskCompletionSource();
        using var givenUp = either.Token.Register(() => given.TrySetCanceled(either.Token));
        try
        {
            var publishing = PublishAsync(topic, payload, retain: true);
            await Task.WhenAny(publishing, given.Task);
            var result = await (publishing.IsCompleted ? publishing : throw new OperationCanceledException());
            if (PublishReason.Judge(result.ReasonCode) != PublishVerdict.Taken)
            {
                throw BrokerRefusal.PublishRefused(options.Mqtt, topic, result);
            }
        }
        catch (Exception failure) when (failure is not UplinkFailure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Broken ?? BrokerRefusal.Connecting(options.Mqtt, failure, options.ConnectTimeout);
        }
    }

    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        _session?.SayGoodbye();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _session?.Close("closed by the gateway");
        return ValueTask.CompletedTask;
    }

    private async Task<MqttClientPublishResult> PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain)
    {
        try
        {
            return new(null, await _session!.PublishAsync(topic, payload.ToArray(), retain), "", []);
        }
        finally
        {
            wake();
        }
    }

    private void Take(ReceiptInbox inbox, string topic, byte[] payload, bool retained)
    {
        _session!.Acknowledge();
        if (!_isDisposed)
        {
            inbox.Take(_topics, topic, retained, payload);
            wake();
        }
    }

    private void End(string reason)
    {
        Broken ??= new UplinkFailure($"The connection broke: {reason}.", "It is tried again by itself.") { IsTakeover = reason == "taken over" };
        wake();
    }
}
