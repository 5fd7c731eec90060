using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>
/// The answer to a request that failed as a whole, whatever its service: a header with a bad ServiceResult (OPC 10000-4 §7.35).
/// </summary>
public sealed record ServiceFault : IServiceResponse<ServiceFault>
{
    /// <inheritdoc />
    public static ushort EncodingId => 397;

    /// <inheritdoc />
    public static int EncodedSizeMin => 24;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <inheritdoc />
    public static ServiceFault Decode(ref BinaryDecoder decoder) => new()
    {
        Header = ResponseHeader.Decode(ref decoder),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder) => Header.Encode(encoder);

    /// <inheritdoc />
    public ServiceFault WithHeader(ResponseHeader header) => this with { Header = header };
}
