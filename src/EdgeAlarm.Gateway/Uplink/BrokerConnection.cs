using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Uplink.Commands;
using EdgeAlarm.Wire;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>One MQTT 5 connection, from CONNECT to its end; a new one is made for each attempt, so that no state of a dead one is carried over.</summary>
internal sealed class BrokerConnection : IBrokerLink
{
    /// <summary>MQTTnet's 8 KB collapse the flow into zero-window probing (measured); the same value bounds a wide-area link to window / round trip.</summary>
    private const int SocketBufferLength = 262_144;

    /// <summary>Fixed header, packet id, topic length and properties of a PUBLISH, rounded up.</summary>
    private const int PublishOverhead = 32;

    private readonly UplinkOptions _options;
    private readonly Topics _topics;
    private readonly TimeProvider _time;
    private readonly CommandDesk? _commands;
    private readonly Action _wake;
    private readonly ILogger _log;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _ended = new();
    private UplinkFailure? _broken;

    private BrokerConnection(UplinkOptions options, TimeProvider time, CommandDesk? commands, Action wake, ILogger log)
    {
        (_options, _time, _commands, _wake, _log) = (options, time, commands, wake, log);
        _topics = new(options.Site, options.Gateway);
    }

    /// <inheritdoc />
    public UplinkFailure? Broken => Volatile.Read(ref _broken);

    /// <summary>Publishes that may be in flight: the configured window within the broker's Receive Maximum, which MQTTnet does not hold by itself.</summary>
    public int Window { get; private set; }

    /// <summary>Longest payload of an event that the broker's Maximum Packet Size allows; MQTTnet would send a longer one and be disconnected.</summary>
    public long PayloadLengthMax { get; private set; } = long.MaxValue;

    /// <summary>Connects and subscribes to what comes back from the centre.</summary>
    /// <exception cref="UplinkFailure">The broker cannot be reached or refuses.</exception>
    internal static async Task<IBrokerLink> OpenAsync(UplinkOptions options, TimeProvider time, ReceiptInbox inbox, CommandDesk? commands, byte[] will, Action wake, ILogger log, CancellationToken cancellationToken)
    {
        var connection = new BrokerConnection(options, time, commands, wake, log);
        try
        {
            using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            await connection.ConnectAsync(inbox, will, either.Token);
            return connection;
        }
        catch (Exception failure)
        {
            await connection.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            throw BrokerRefusal.Connecting(options.Mqtt, failure, options.ConnectTimeout);
        }
    }

    /// <inheritdoc />
    public Task<MqttClientPublishResult> PublishLiveAsync(ReadOnlyMemory<byte> payload) => PublishAsync(_topics.Live, payload);

    /// <inheritdoc />
    public Task<MqttClientPublishResult> PublishEventAsync(ReadOnlyMemory<byte> payload) => PublishAsync(_topics.Events, payload);

    /// <inheritdoc />
    public Task<MqttClientPublishResult> PublishResponseAsync(ReadOnlyMemory<byte> payload) => PublishAsync(_topics.Response, payload);

    private async Task<MqttClientPublishResult> PublishAsync(string topic, ReadOnlyMemory<byte> payload)
    {
        try
        {
            return await _client.PublishAsync(Message(topic, payload, retain: false), _ended.Token);
        }
        finally
        {
            _wake();
        }
    }

    /// <inheritdoc />
    public async Task PublishRetainedAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken, _ended.Token);
        MqttClientPublishResult result;
        try
        {
            result = await _client.PublishAsync(Message(topic, payload, retain: true), either.Token);
        }
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Broken ?? BrokerRefusal.Connecting(_options.Mqtt, failure, _options.ConnectTimeout);
        }

        if (PublishReason.Judge(result.ReasonCode) != PublishVerdict.Taken)
        {
            throw BrokerRefusal.PublishRefused(_options.Mqtt, topic, result);
        }
    }

    /// <inheritdoc />
    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellationToken);
        }
        catch (Exception)
        {
            // The connection is over either way, and the broker sends the will.
        }
    }

    /// <summary>Ends the connection and everything in flight on it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _client.Dispose();
        _ended.Dispose();
    }

    private static MqttApplicationMessage Message(string topic, ReadOnlyMemory<byte> payload, bool retain) => new()
    {
        Topic = topic,
        Payload = new(payload),
        Retain = retain,
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
    };

    private async Task ConnectAsync(ReceiptInbox inbox, byte[] will, CancellationToken cancellationToken)
    {
        _client.ApplicationMessageReceivedAsync += received => Take(received, inbox);
        _client.DisconnectedAsync += how =>
        {
            Interlocked.CompareExchange(ref _broken, BrokerRefusal.Disconnected(_options.Mqtt, how), null);
            _wake();
            return Task.CompletedTask;
        };
        var result = await _client.ConnectAsync(ClientOptions(will), cancellationToken);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw BrokerRefusal.Refused(_options.Mqtt, result);
        }

        // 0 stands for "absent" with MQTTnet.Server.
        Window = Math.Min(_options.Mqtt.Window, result.ReceiveMaximum is > 0 and var allowed ? allowed : ushort.MaxValue);
        if (result.MaximumPacketSize is > 0 and var packetLengthMax)
        {
            PayloadLengthMax = packetLengthMax - PublishOverhead - (3L * _topics.Events.Length);
        }

        var subscriptions = new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(_topics.Receipt, MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter(_topics.Outbox, MqttQualityOfServiceLevel.AtLeastOnce, noLocal: true)
            .WithTopicFilter(_topics.Status, MqttQualityOfServiceLevel.AtLeastOnce, noLocal: true);
        if (_commands is not null)
        {
            // As published: a broker clears the flag of a retained message for those who are subscribed already, and we want to see it.
            subscriptions.WithTopicFilter(_topics.Commands, MqttQualityOfServiceLevel.AtLeastOnce, retainAsPublished: true);
        }

        foreach (var item in (await _client.SubscribeAsync(subscriptions.Build(), cancellationToken)).Items)
        {
            if (item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2 && string.Equals(item.TopicFilter.Topic, _topics.Commands, StringComparison.Ordinal))
            {
                UplinkLog.CommandsNotHeard(_log, BrokerRefusal.Name(_options.Mqtt), _topics.Commands, item.ResultCode.ToString());
            }
            else if (item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2 && _options.Receipt == ReceiptMode.Historian)
            {
                throw BrokerRefusal.SubscribeRefused(_options.Mqtt, item.TopicFilter.Topic, item.ResultCode);
            }
        }
    }

    private MqttClientOptions ClientOptions(byte[] will)
    {
        var broker = _options.Mqtt;
        var builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId($"edgealarm-{_options.Site}-{_options.Gateway}")
            .WithCleanStart(true)
            .WithKeepAlivePeriod(_options.KeepAlive)
            .WithTimeout(_options.ConnectTimeout)
            .WithTcpServer(broker.Host, broker.Port)
            .WithTlsOptions(tls => Secure(tls, broker))
            .WithWillTopic(_topics.Status)
            .WithWillPayload(will)
            .WithWillRetain(true)
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (broker.User is { } user)
        {
            builder.WithCredentials(user, Password(broker));
        }

        var built = builder.Build();
        var tcp = (MqttClientTcpOptions)built.ChannelOptions;
        (tcp.BufferSize, tcp.NoDelay) = (SocketBufferLength, true);
        return built;
    }

    private static void Secure(MqttClientTlsOptionsBuilder tls, MqttSettings broker)
    {
        tls.UseTls(broker.Tls);
        if (!broker.Tls)
        {
            return;
        }

        // A plant's network rarely reaches a revocation list, and an alarm must not wait for one; trust is removed by changing the authority's file.
        tls.WithTargetHost(broker.Host).WithRevocationMode(X509RevocationMode.NoCheck);
        if (broker.CertificateAuthorityFile is { } file)
        {
            var authorities = new X509Certificate2Collection();
            try
            {
                authorities.ImportFromPemFile(file);
            }
            catch (Exception failure)
            {
                throw new UplinkFailure($"The authorities of the broker's certificate cannot be read from {file}: {failure.Message}", "Correct mqtt.caFile or the file.", failure);
            }

            tls.WithTrustChain(authorities);
        }
    }

    private static string Password(MqttSettings broker)
    {
        try
        {
            return broker.PasswordFile is { } file ? SecretFile.Read(file) : "";
        }
        catch (IOException failure)
        {
            throw new UplinkFailure($"The password of user {broker.User} cannot be read: {failure.Message}", "Correct mqtt.passwordFile or the rights of the file.", failure);
        }
    }

    private Task Take(MqttApplicationMessageReceivedEventArgs received, ReceiptInbox inbox)
    {
        var message = received.ApplicationMessage;
        if (message.Payload.Length <= WireLimits.MessageLengthMax)
        {
            var payload = new byte[message.Payload.Length];
            System.Buffers.BuffersExtensions.CopyTo(message.Payload, payload);
            if (_topics.PrincipalOf(message.Topic) is { } principal)
            {
                _commands?.Arrived(new(principal, message.Retain, payload));
            }
            else
            {
                inbox.Take(_topics, message.Topic, message.Retain, payload);
            }

            _wake();
        }

        return Task.CompletedTask;
    }
}
