using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The outcome of each write (OPC 10000-4 §5.11.4).</summary>
public sealed record WriteResponse : IServiceResponse<WriteResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 676;

    /// <inheritdoc />
    public static int EncodedSizeMin => 32;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <summary>In the order of the request.</summary>
    public StatusCode[] Results { get; init; } = [];

    /// <summary>One per result, or none; null for an empty one.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc />
    public static WriteResponse Decode(ref BinaryDecoder decoder) => new()
    {
        Header = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStatusCodes(),
        DiagnosticInfos = decoder.ReadDiagnosticInfos(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteStatusCodes(Results);
        encoder.WriteDiagnosticInfos(DiagnosticInfos);
    }

    /// <inheritdoc />
    public WriteResponse WithHeader(ResponseHeader header) => this with { Header = header };
}
