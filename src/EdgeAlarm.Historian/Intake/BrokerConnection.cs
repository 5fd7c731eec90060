using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using EdgeAlarm.Wire;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EdgeAlarm.Historian.Intake;

/// <summary>
/// One connection to the broker, used once: MQTT 5, clean session, manual acknowledgement. Messages wait in a bounded queue of <see cref="HistorianOptions.QueueCapacity"/>; when it is full the
/// handler waits, and the broker is not acknowledged, so that it stops sending. Nothing is dropped by us: what was not acknowledged, the gateway sends again.
/// </summary>
internal sealed class BrokerConnection : IBrokerLink
{
    // MQTTnet's default of 8 KB makes the connection collapse into zero-window probing under load (measured)
    private const int SocketBufferLength = 262_144;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(15);
    private readonly IMqttClient client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource closing = new();
    private readonly Channel<Arrival> arrivals;
    private readonly string place;
    private readonly TimeProvider time;

    private BrokerConnection(HistorianOptions options, TimeProvider time)
    {
        this.time = time;
        place = string.Create(CultureInfo.InvariantCulture, $"{options.Broker.Host}:{options.Broker.Port}");
        arrivals = Channel.CreateBounded<Arrival>(new BoundedChannelOptions(options.QueueCapacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
        client.ApplicationMessageReceivedAsync += TakeAsync;
        client.DisconnectedAsync += _ =>
        {
            arrivals.Writer.TryComplete();
            return Task.CompletedTask;
        };
    }

    /// <inheritdoc/>
    public ChannelReader<Arrival> Arrivals => arrivals.Reader;

    /// <summary>Connects.</summary>
    /// <exception cref="BrokerException">It did not work out.</exception>
    internal static async Task<IBrokerLink> OpenAsync(HistorianOptions options, string session, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = new BrokerConnection(options, time);
        try
        {
            await connection.ConnectAsync(options, session, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        var options = new MqttClientSubscribeOptionsBuilder()
            .WithTopicFilter(Topics.AllStatus, MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter(Topics.AllOutboxes, MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter(Topics.AllEvents, MqttQualityOfServiceLevel.AtLeastOnce)
            .WithTopicFilter(Topics.AllLive, MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
        var result = await AnsweredAsync(stop => client.SubscribeAsync(options, stop), cancellationToken);
        if (result.Items.FirstOrDefault(item => item.ResultCode != MqttClientSubscribeResultCode.GrantedQoS1) is { } refused)
        {
            throw new BrokerException($"broker {place} answers the subscription to {refused.TopicFilter.Topic} with {refused.ResultCode}; let the historian's user read it in the broker's access list");
        }
    }

    /// <inheritdoc/>
    public async Task<string?> SendAsync(string gateway, Receipt receipt, CancellationToken cancellationToken)
    {
        var payload = new ArrayBufferWriter<byte>();
        receipt.Write(payload);
        var message = new MqttApplicationMessageBuilder()
            .WithTopic($"{Topics.Root}/{gateway}/receipt")
            .WithPayload(payload.WrittenMemory.ToArray())
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithRetainFlag()
            .Build();
        var result = await AnsweredAsync(stop => client.PublishAsync(message, stop), cancellationToken);
        return result.IsSuccess ? null : $"broker {place} refuses {message.Topic} with {result.ReasonCode}; let the historian's user write it in the broker's access list";
    }

    /// <inheritdoc/>
    public async Task AcknowledgeAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        try
        {
            await arrival.AcknowledgeAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // on a dead connection MQTTnet throws what comes, a NullReferenceException among it
            throw new BrokerException($"broker {place}: the connection is gone", fault);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        arrivals.Writer.TryComplete();
        client.Dispose();
        closing.Dispose();
    }

    private async Task ConnectAsync(HistorianOptions options, string session, CancellationToken cancellationToken)
    {
        var broker = options.Broker;
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(broker.Host, broker.Port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId($"edgealarm-historian-{options.Group}-{session}")
            .WithCleanStart()
            .WithSessionExpiryInterval(0)
            .WithReceiveMaximum((ushort)Math.Min(options.QueueCapacity, ushort.MaxValue))
            .WithKeepAlivePeriod(KeepAlive)
            .WithTimeout(AnswerMax);
        if (broker.User is { } user)
        {
            builder = builder.WithCredentials(user, SecretFile.Read("mqtt.passwordFile", broker.PasswordFile!)); // validated together
        }

        if (broker.Tls)
        {
            builder = builder.WithTlsOptions(tls => Secure(tls.UseTls(), broker));
        }

        var settings = builder.Build();
        if (settings.ChannelOptions is MqttClientTcpOptions tcp)
        {
            tcp.BufferSize = SocketBufferLength;
        }

        try
        {
            var result = await client.ConnectAsync(settings, cancellationToken);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                throw Refused(result.ResultCode);
            }
        }
        catch (Exception fault) when (fault is not BrokerException && !cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(fault);
        }
    }

    private static void Secure(MqttClientTlsOptionsBuilder tls, BrokerOptions broker)
    {
        // the network of a plant rarely reaches a revocation list, and an alarm must not wait for one
        tls.WithTargetHost(broker.Host).WithRevocationMode(X509RevocationMode.NoCheck);
        if (broker.CertificateAuthorityFile is not { } file)
        {
            return;
        }

        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            tls.WithTrustChain(authorities);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new BrokerException($"mqtt.caFile: the authorities cannot be read from {file}: {fault.Message}", fault);
        }
    }

    private BrokerException Refused(MqttClientConnectResultCode code) => new($"broker {place} refuses the connection with {code}; " + code switch
    {
        MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized => "check mqtt.user and mqtt.passwordFile",
        MqttClientConnectResultCode.UnsupportedProtocolVersion => "it has to speak MQTT 5",
        _ => "look into the broker's log",
    });

    private BrokerException Unreachable(Exception fault)
    {
        var cause = fault.GetBaseException();
        var step = cause switch
        {
            SocketException => "check mqtt.host and mqtt.port, and that the broker runs",
            AuthenticationException => "check that its certificate is valid for this name and its authority trusted here, and that the port is one with TLS",
            _ => "check that an MQTT 5 broker answers on this port, and whether it wants TLS",
        };
        return new BrokerException($"broker {place} cannot be reached: {cause.Message.TrimEnd('.')}; {step}", fault);
    }

    private async Task TakeAsync(MqttApplicationMessageReceivedEventArgs message)
    {
        message.AutoAcknowledge = false;
        var arrival = new Arrival(message.ApplicationMessage.Topic, message.ApplicationMessage.Payload.ToArray(), message.AcknowledgeAsync);
        try
        {
            await arrivals.Writer.WriteAsync(arrival, closing.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or ChannelClosedException)
        {
            // the connection is given up: without a PUBACK the gateway sends it again
        }
    }

    /// <summary>A request with a limit of our own: MQTTnet waits without end for a broker that answers pings but nothing else.</summary>
    private async Task<T> AnsweredAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(AnswerMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await request(either.Token);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BrokerException($"broker {place}: the connection is gone or does not answer", fault);
        }
    }
}
