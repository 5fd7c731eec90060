using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>One step of a browse path (OPC 10000-4 §7.31).</summary>
public sealed record RelativePathElement : IStructure<RelativePathElement>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 10;

    /// <summary>Which references to follow; null for all.</summary>
    public NodeId ReferenceTypeId { get; init; }

    /// <summary>Whether against their direction.</summary>
    public bool IsInverse { get; init; }

    /// <summary>Whether subtypes of the reference type count.</summary>
    public bool IncludeSubtypes { get; init; }

    /// <summary>The BrowseName of the next node.</summary>
    public QualifiedName TargetName { get; init; }

    /// <inheritdoc />
    public static RelativePathElement Decode(ref BinaryDecoder decoder) => new()
    {
        ReferenceTypeId = decoder.ReadNodeId(),
        IsInverse = decoder.ReadBoolean(),
        IncludeSubtypes = decoder.ReadBoolean(),
        TargetName = decoder.ReadQualifiedName(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteNodeId(ReferenceTypeId);
        encoder.WriteBoolean(IsInverse);
        encoder.WriteBoolean(IncludeSubtypes);
        encoder.WriteQualifiedName(TargetName);
    }
}
