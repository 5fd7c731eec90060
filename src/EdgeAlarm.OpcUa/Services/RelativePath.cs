using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The steps of a browse path (OPC 10000-4 §7.31).</summary>
public sealed record RelativePath : IStructure<RelativePath>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 4;

    /// <summary>The steps, first to last.</summary>
    public RelativePathElement[] Elements { get; init; } = [];

    /// <inheritdoc />
    public static RelativePath Decode(ref BinaryDecoder decoder) => new()
    {
        Elements = decoder.ReadStructures<RelativePathElement>(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder) => encoder.WriteStructures(Elements);
}
