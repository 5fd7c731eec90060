using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>
/// The body of a message: the NodeId of its encoding, then its fields (OPC 10000-6 §5.2.9). It is no ExtensionObject: no kind, no length.
/// </summary>
public static class ServiceMessage
{
    private const string Clause = "OPC 10000-6 §5.2.9";

    /// <summary>Writes the id of the encoding and the fields.</summary>
    public static void Write<T>(BinaryEncoder encoder, T message)
        where T : IServiceMessage<T>
    {
        encoder.WriteNodeId(NodeId.Numeric(0, T.EncodingId));
        message.Encode(encoder);
    }

    /// <summary>Reads the id of the encoding that starts a body.</summary>
    /// <returns>The number, to compare with <c>EncodingId</c>; 0 for an id that is not numeric in namespace 0 and so is no message's.</returns>
    /// <exception cref="ProtocolViolation">The bytes are no NodeId.</exception>
    public static uint ReadTypeId(ref BinaryDecoder decoder) =>
        decoder.ReadNodeId() is { NamespaceIndex: 0, IdType: NodeIdType.Numeric } id ? id.Number : 0;

    /// <summary>Reads a body that has to be a <typeparamref name="T"/>. Bodies of ExtensionObjects in it are views of the memory.</summary>
    /// <exception cref="ProtocolViolation">It is another message, or malformed.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body, DecodingLimits limits)
        where T : IServiceMessage<T>
    {
        var decoder = new BinaryDecoder(body, limits);
        var typeId = ReadTypeId(ref decoder);
        return typeId == T.EncodingId ? T.Decode(ref decoder) : throw Unexpected(typeId, T.EncodingId, StatusCodes.BadDecodingError);
    }

    /// <summary>
    /// Reads the answer to a request. Where the server answers with a ServiceFault, the result is null and the header tells why; bodies of
    /// ExtensionObjects are views of the memory.
    /// </summary>
    /// <exception cref="ProtocolViolation">It is neither, or malformed; its Status is BadUnknownResponse where it is another message.</exception>
    public static TResponse? ReadResponse<TResponse>(ReadOnlyMemory<byte> body, DecodingLimits limits, out ResponseHeader header)
        where TResponse : class, IServiceResponse<TResponse>
    {
        var decoder = new BinaryDecoder(body, limits);
        var typeId = ReadTypeId(ref decoder);
        if (typeId == ServiceFault.EncodingId)
        {
            header = ServiceFault.Decode(ref decoder).Header;
            return null;
        }

        if (typeId != TResponse.EncodingId)
        {
            throw Unexpected(typeId, TResponse.EncodingId, StatusCodes.BadUnknownResponse);
        }

        var response = TResponse.Decode(ref decoder);
        header = response.Header;
        return response;
    }

    private static ProtocolViolation Unexpected(uint found, ushort expected, StatusCode status) =>
        new(0, Clause, FormattableString.Invariant($"A message of type i={found} where i={expected} was due."), status);
}
