using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The outcome for each item (OPC 10000-4 §5.13.6).</summary>
public sealed record DeleteMonitoredItemsResponse : IServiceResponse<DeleteMonitoredItemsResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 784;

    /// <inheritdoc />
    public static int EncodedSizeMin => 32;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <summary>In the order of the request.</summary>
    public StatusCode[] Results { get; init; } = [];

    /// <summary>One per result, or none; null for an empty one.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc />
    public static DeleteMonitoredItemsResponse Decode(ref BinaryDecoder decoder) => new()
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
    public DeleteMonitoredItemsResponse WithHeader(ResponseHeader header) => this with { Header = header };
}
