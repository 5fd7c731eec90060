using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Creates a subscription (OPC 10000-4 §5.14.2).</summary>
public sealed record CreateSubscriptionRequest : IServiceRequest<CreateSubscriptionRequest, CreateSubscriptionResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 787;

    /// <inheritdoc />
    public static int EncodedSizeMin => 51;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>Milliseconds between notifications.</summary>
    public double RequestedPublishingIntervalMs { get; init; }

    /// <summary>
    /// Publishing intervals without a Publish request after which the subscription dies; three times the keep-alive count or more.
    /// </summary>
    public uint RequestedLifetimeCount { get; init; }

    /// <summary>Publishing intervals without a change after which a keep-alive is sent.</summary>
    public uint RequestedMaxKeepAliveCount { get; init; }

    /// <summary>Most values in one response, 0 for no limit.</summary>
    public uint MaxNotificationsPerPublish { get; init; }

    /// <summary>Whether notifications are sent at once.</summary>
    public bool PublishingEnabled { get; init; }

    /// <summary>Against other subscriptions of the session; higher goes first.</summary>
    public byte Priority { get; init; }

    /// <inheritdoc />
    public static CreateSubscriptionRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        RequestedPublishingIntervalMs = decoder.ReadDouble(),
        RequestedLifetimeCount = decoder.ReadUInt32(),
        RequestedMaxKeepAliveCount = decoder.ReadUInt32(),
        MaxNotificationsPerPublish = decoder.ReadUInt32(),
        PublishingEnabled = decoder.ReadBoolean(),
        Priority = decoder.ReadByte(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteDouble(RequestedPublishingIntervalMs);
        encoder.WriteUInt32(RequestedLifetimeCount);
        encoder.WriteUInt32(RequestedMaxKeepAliveCount);
        encoder.WriteUInt32(MaxNotificationsPerPublish);
        encoder.WriteBoolean(PublishingEnabled);
        encoder.WriteByte(Priority);
    }

    /// <inheritdoc />
    public CreateSubscriptionRequest WithHeader(RequestHeader header) => this with { Header = header };
}
