using MQTTnet;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>One connection to the broker as the uplink sees it: over the network by <see cref="BrokerConnection"/>, or to a broker that is simulated.</summary>
internal interface IBrokerLink : IAsyncDisposable
{
    /// <summary>Why the connection is over; null while it stands.</summary>
    UplinkFailure? Broken { get; }

    /// <summary>Publishes that may be in flight: the configured window within the broker's Receive Maximum.</summary>
    int Window { get; }

    /// <summary>Longest payload of an event that the broker takes.</summary>
    long PayloadLengthMax { get; }

    /// <summary>Publishes an event; the result carries the broker's reason. Calls in order are sent in order. Wakes the loop when it is done.</summary>
    Task<MqttClientPublishResult> PublishEventAsync(ReadOnlyMemory<byte> payload);

    /// <summary>Publishes an alarm ahead of its turn. Wakes the loop when it is done.</summary>
    Task<MqttClientPublishResult> PublishLiveAsync(ReadOnlyMemory<byte> payload);

    /// <summary>Publishes the answer to a command. Wakes the loop when it is done.</summary>
    Task<MqttClientPublishResult> PublishResponseAsync(ReadOnlyMemory<byte> payload);

    /// <summary>Publishes a retained message and waits for its PUBACK.</summary>
    /// <exception cref="UplinkFailure">The broker refuses it or does not answer.</exception>
    Task PublishRetainedAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Says goodbye, so that the last will is not sent; never throws.</summary>
    Task DisconnectAsync(CancellationToken cancellationToken);
}
