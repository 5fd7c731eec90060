using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Finds nodes by the names on the way to them (OPC 10000-4 §5.9.4).</summary>
public sealed record TranslateBrowsePathsToNodeIdsRequest : IServiceRequest<TranslateBrowsePathsToNodeIdsRequest, TranslateBrowsePathsToNodeIdsResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 554;

    /// <inheritdoc />
    public static int EncodedSizeMin => 33;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>The paths.</summary>
    public BrowsePath[] BrowsePaths { get; init; } = [];

    /// <inheritdoc />
    public static TranslateBrowsePathsToNodeIdsRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        BrowsePaths = decoder.ReadStructures<BrowsePath>(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteStructures(BrowsePaths);
    }

    /// <inheritdoc />
    public TranslateBrowsePathsToNodeIdsRequest WithHeader(RequestHeader header) => this with { Header = header };
}
