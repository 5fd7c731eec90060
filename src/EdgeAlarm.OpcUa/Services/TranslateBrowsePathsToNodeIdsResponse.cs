using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The nodes at the ends of the paths (OPC 10000-4 §5.9.4).</summary>
public sealed record TranslateBrowsePathsToNodeIdsResponse : IServiceResponse<TranslateBrowsePathsToNodeIdsResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 557;

    /// <inheritdoc />
    public static int EncodedSizeMin => 32;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <summary>In the order of the request.</summary>
    public BrowsePathResult[] Results { get; init; } = [];

    /// <summary>One per result, or none; null for an empty one.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc />
    public static TranslateBrowsePathsToNodeIdsResponse Decode(ref BinaryDecoder decoder) => new()
    {
        Header = ResponseHeader.Decode(ref decoder),
        Results = decoder.ReadStructures<BrowsePathResult>(),
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
    public TranslateBrowsePathsToNodeIdsResponse WithHeader(ResponseHeader header) => this with { Header = header };
}
