using System.Text;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>A NodeId to compare with encoded ones where they lie, in whatever of the six forms they come: custom types often have text ids, and reading one makes a string.</summary>
internal sealed class EncodedNodeId(NodeId id)
{
    private readonly byte[] _text = Encoding.UTF8.GetBytes(id.TextIdentifier);

    internal NodeId Id { get; } = id;

    /// <summary>Reads a NodeId and tells whether it is this one.</summary>
    /// <exception cref="ProtocolViolation">The bytes are no NodeId.</exception>
    internal bool Matches(ref BinaryDecoder decoder)
    {
        var form = decoder.ReadByte();
        switch (form)
        {
            case 0x00:
                return IsNumber(0, decoder.ReadByte());
            case 0x01:
                return IsNumber(decoder.ReadByte(), decoder.ReadUInt16());
            case 0x02:
                return IsNumber(decoder.ReadUInt16(), decoder.ReadUInt32());
            case 0x03:
                var isText = Is(NodeIdType.Text, decoder.ReadUInt16());
                return decoder.ReadBytes().SequenceEqual(_text) && isText;
            case 0x04:
                var isGuid = Is(NodeIdType.Guid, decoder.ReadUInt16());
                return decoder.ReadGuid() == Id.GuidIdentifier && isGuid;
            case 0x05:
                var isOpaque = Is(NodeIdType.Opaque, decoder.ReadUInt16());
                return decoder.ReadBytes().SequenceEqual(Id.OpaqueIdentifier) && isOpaque;
            default:
                throw decoder.Malformed(Clauses.NodeId, $"The form 0x{form:X2} of a NodeId is unknown; 0 to 5 are allowed.");
        }
    }

    private bool Is(NodeIdType type, ushort namespaceIndex) => Id.IdType == type && Id.NamespaceIndex == namespaceIndex;

    private bool IsNumber(ushort namespaceIndex, uint number) => Is(NodeIdType.Numeric, namespaceIndex) && Id.Number == number;
}
