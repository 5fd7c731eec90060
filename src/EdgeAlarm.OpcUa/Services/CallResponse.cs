using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>What the methods answered (OPC 10000-4 §5.12.2).</summary>
public sealed record CallResponse : IServiceResponse<CallResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 715;

    /// <inheritdoc />
    public static int EncodedSizeMin => 32;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <summary>In the order of the request.</summary>
    public CallMethodResult[] Results { get; init; } = [];

    /// <summary>One per result, or none; null for an empty one.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc />
    public static CallResponse Decode(ref BinaryDecoder decoder) => new()
    {
        Header = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStructures<CallMethodResult>(),
        DiagnosticInfos = decoder.ReadDiagnosticInfos(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteStructures(Results);
        encoder.WriteDiagnosticInfos(DiagnosticInfos);
    }

    /// <inheritdoc />
    public CallResponse WithHeader(ResponseHeader header) => this with { Header = header };
}
