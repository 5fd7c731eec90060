using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The ends of one browse path (OPC 10000-4 §5.9.4).</summary>
public sealed record BrowsePathResult : IStructure<BrowsePathResult>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 8;

    /// <summary>The outcome for this path.</summary>
    public StatusCode StatusCode { get; init; }

    /// <summary>The nodes found.</summary>
    public BrowsePathTarget[] Targets { get; init; } = [];

    /// <inheritdoc />
    public static BrowsePathResult Decode(ref BinaryDecoder decoder) => new()
    {
        StatusCode = decoder.ReadStatusCode(),
        Targets = decoder.ReadStructures<BrowsePathTarget>(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteStatusCode(StatusCode);
        encoder.WriteStructures(Targets);
    }
}
