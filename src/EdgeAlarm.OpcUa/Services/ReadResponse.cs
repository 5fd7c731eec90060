using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The values read (OPC 10000-4 §5.11.2).</summary>
public sealed record ReadResponse : IServiceResponse<ReadResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 634;

    /// <inheritdoc />
    public static int EncodedSizeMin => 32;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <summary>In the order of the request, each with its own status.</summary>
    public DataValue[] Results { get; init; } = [];

    /// <summary>One per result, or none; null for an empty one.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc />
    public static ReadResponse Decode(ref BinaryDecoder decoder) => new()
    {
        Header = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadDataValues(),
        DiagnosticInfos = decoder.ReadDiagnosticInfos(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteDataValues(Results);
        encoder.WriteDiagnosticInfos(DiagnosticInfos);
    }

    /// <inheritdoc />
    public ReadResponse WithHeader(ResponseHeader header) => this with { Header = header };
}
