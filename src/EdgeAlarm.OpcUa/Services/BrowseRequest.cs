using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Browses the address space (OPC 10000-4 §5.9.2).</summary>
public sealed record BrowseRequest : IServiceRequest<BrowseRequest, BrowseResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 527;

    /// <inheritdoc />
    public static int EncodedSizeMin => 51;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>The view.</summary>
    public ViewDescription View { get; init; } = new();

    /// <summary>Most references per node and answer, 0 for the server's choice.</summary>
    public uint RequestedMaxReferencesPerNode { get; init; }

    /// <summary>Where to browse.</summary>
    public BrowseDescription[] NodesToBrowse { get; init; } = [];

    /// <inheritdoc />
    public static BrowseRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        View = ViewDescription.Decode(ref decoder),
        RequestedMaxReferencesPerNode = decoder.ReadUInt32(),
        NodesToBrowse = decoder.ReadStructures<BrowseDescription>(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        View.Encode(encoder);
        encoder.WriteUInt32(RequestedMaxReferencesPerNode);
        encoder.WriteStructures(NodesToBrowse);
    }

    /// <inheritdoc />
    public BrowseRequest WithHeader(RequestHeader header) => this with { Header = header };
}
