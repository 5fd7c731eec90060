using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A notification message once more (OPC 10000-4 §5.14.6).</summary>
public sealed record RepublishResponse : IServiceResponse<RepublishResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 835;

    /// <inheritdoc />
    public static int EncodedSizeMin => 40;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <summary>The message.</summary>
    public NotificationMessage NotificationMessage { get; init; } = new();

    /// <inheritdoc />
    public static RepublishResponse Decode(ref BinaryDecoder decoder) => new()
    {
        Header = ResponseHeader.Decode(ref decoder),
        NotificationMessage = NotificationMessage.Decode(ref decoder),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        NotificationMessage.Encode(encoder);
    }

    /// <inheritdoc />
    public RepublishResponse WithHeader(ResponseHeader header) => this with { Header = header };
}
