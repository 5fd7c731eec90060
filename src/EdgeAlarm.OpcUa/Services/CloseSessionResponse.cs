using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The session is closed (OPC 10000-4 §5.7.4).</summary>
public sealed record CloseSessionResponse : IServiceResponse<CloseSessionResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 476;

    /// <inheritdoc />
    public static int EncodedSizeMin => 24;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <inheritdoc />
    public static CloseSessionResponse Decode(ref BinaryDecoder decoder) => new()
    {
        Header = ResponseHeader.Decode(ref decoder),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder) => Header.Encode(encoder);

    /// <inheritdoc />
    public CloseSessionResponse WithHeader(ResponseHeader header) => this with { Header = header };
}
