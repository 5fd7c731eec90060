using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The references of one node (OPC 10000-4 §7.6).</summary>
public sealed record BrowseResult : IStructure<BrowseResult>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 12;

    /// <summary>The outcome for this node.</summary>
    public StatusCode StatusCode { get; init; }

    /// <summary>Where BrowseNext goes on, or null at the end.</summary>
    public byte[]? ContinuationPoint { get; init; }

    /// <summary>The references.</summary>
    public ReferenceDescription[] References { get; init; } = [];

    /// <inheritdoc />
    public static BrowseResult Decode(ref BinaryDecoder decoder) => new()
    {
        StatusCode = decoder.ReadStatusCode(),
        ContinuationPoint = decoder.ReadByteString(),
        References = decoder.ReadStructures<ReferenceDescription>(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteStatusCode(StatusCode);
        encoder.WriteByteString(ContinuationPoint);
        encoder.WriteStructures(References);
    }
}
