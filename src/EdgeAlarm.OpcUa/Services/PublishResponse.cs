using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A notification message (OPC 10000-4 §5.14.5).</summary>
public sealed record PublishResponse : IServiceResponse<PublishResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 829;

    /// <inheritdoc />
    public static int EncodedSizeMin => 57;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <summary>The subscription; the client cannot know beforehand which one answers.</summary>
    public uint SubscriptionId { get; init; }

    /// <summary>Messages that can be had again by Republish.</summary>
    public uint[] AvailableSequenceNumbers { get; init; } = [];

    /// <summary>Whether more is waiting that did not fit.</summary>
    public bool MoreNotifications { get; init; }

    /// <summary>The message.</summary>
    public NotificationMessage NotificationMessage { get; init; } = new();

    /// <summary>One per acknowledgement of the request.</summary>
    public StatusCode[] Results { get; init; } = [];

    /// <summary>One per result, or none; null for an empty one.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc />
    public static PublishResponse Decode(ref BinaryDecoder decoder) => new()
    {
        Header = ResponseHeader.Decode(ref decoder),
        SubscriptionId = decoder.ReadUInt32(),
        AvailableSequenceNumbers = decoder.ReadUInt32s(),
        MoreNotifications = decoder.ReadBoolean(),
        NotificationMessage = NotificationMessage.Decode(ref decoder),
        Results = decoder.ReadStatusCodes(),
        DiagnosticInfos = decoder.ReadDiagnosticInfos(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteUInt32s(AvailableSequenceNumbers);
        encoder.WriteBoolean(MoreNotifications);
        NotificationMessage.Encode(encoder);
        encoder.WriteStatusCodes(Results);
        encoder.WriteDiagnosticInfos(DiagnosticInfos);
    }

    /// <inheritdoc />
    public PublishResponse WithHeader(ResponseHeader header) => this with { Header = header };
}
