using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The answer to CloseSecureChannel, which UA-TCP never carries (OPC 10000-4 §5.6.3).</summary>
public sealed record CloseSecureChannelResponse : IServiceResponse<CloseSecureChannelResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 455;

    /// <inheritdoc />
    public static int EncodedSizeMin => 24;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <inheritdoc />
    public static CloseSecureChannelResponse Decode(ref BinaryDecoder decoder) => new()
    {
        Header = ResponseHeader.Decode(ref decoder),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder) => Header.Encode(encoder);

    /// <inheritdoc />
    public CloseSecureChannelResponse WithHeader(ResponseHeader header) => this with { Header = header };
}
