using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A method of an object, and what is given to it (OPC 10000-4 §5.12.2).</summary>
public sealed record CallMethodRequest : IStructure<CallMethodRequest>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 8;

    /// <summary>The object that the method belongs to.</summary>
    public NodeId ObjectId { get; init; }

    /// <summary>The method.</summary>
    public NodeId MethodId { get; init; }

    /// <summary>In the order of the method's InputArguments.</summary>
    public Variant[] InputArguments { get; init; } = [];

    /// <inheritdoc />
    public static CallMethodRequest Decode(ref BinaryDecoder decoder) => new()
    {
        ObjectId = decoder.ReadNodeId(),
        MethodId = decoder.ReadNodeId(),
        InputArguments = decoder.ReadVariants(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteNodeId(ObjectId);
        encoder.WriteNodeId(MethodId);
        encoder.WriteVariants(InputArguments);
    }
}
