using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A new subscription as the server will run it (OPC 10000-4 §5.14.2).</summary>
public sealed record CreateSubscriptionResponse : IServiceResponse<CreateSubscriptionResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 790;

    /// <inheritdoc />
    public static int EncodedSizeMin => 44;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <summary>The server's number for it.</summary>
    public uint SubscriptionId { get; init; }

    /// <summary>Milliseconds.</summary>
    public double RevisedPublishingIntervalMs { get; init; }

    /// <summary>In publishing intervals.</summary>
    public uint RevisedLifetimeCount { get; init; }

    /// <summary>In publishing intervals.</summary>
    public uint RevisedMaxKeepAliveCount { get; init; }

    /// <inheritdoc />
    public static CreateSubscriptionResponse Decode(ref BinaryDecoder decoder) => new()
    {
        Header = ResponseHeader.Decode(ref decoder),
        SubscriptionId = decoder.ReadUInt32(),
        RevisedPublishingIntervalMs = decoder.ReadDouble(),
        RevisedLifetimeCount = decoder.ReadUInt32(),
        RevisedMaxKeepAliveCount = decoder.ReadUInt32(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteDouble(RevisedPublishingIntervalMs);
        encoder.WriteUInt32(RevisedLifetimeCount);
        encoder.WriteUInt32(RevisedMaxKeepAliveCount);
    }

    /// <inheritdoc />
    public CreateSubscriptionResponse WithHeader(ResponseHeader header) => this with { Header = header };
}
