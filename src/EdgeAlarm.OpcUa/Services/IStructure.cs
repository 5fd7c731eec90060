using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A structure of the standard: its fields in wire order, no header, no alignment (OPC 10000-6 §5.2.6).</summary>
public interface IStructure<TSelf>
    where TSelf : IStructure<TSelf>
{
    /// <summary>Bytes that the shortest encoding takes, 1 or more: how many elements a received array can have at most.</summary>
    static abstract int EncodedSizeMin { get; }

    /// <summary>Reads the fields.</summary>
    /// <exception cref="ProtocolViolation">The bytes are no such structure.</exception>
    static abstract TSelf Decode(ref BinaryDecoder decoder);

    /// <summary>Writes the fields.</summary>
    void Encode(BinaryEncoder encoder);
}
