using System.Diagnostics.CodeAnalysis;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.BuiltInTypes;

/// <summary>
/// A structure with the id of its encoding and its still encoded body (OPC 10000-6 §5.2.2.15). The body stays opaque until somebody who
/// knows the type asks for it, so that unknown types pass through unharmed. The default value is the null ExtensionObject.
/// </summary>
/// <param name="TypeId">The id of the encoding (not of the data type), such as i=811.</param>
/// <param name="Kind">How the body is encoded.</param>
/// <param name="Body">
/// The body's bytes. A view of the received message where the decoder was given memory: copy it to keep it beyond that buffer's life.
/// </param>
public readonly record struct ExtensionObject(NodeId TypeId, ExtensionObjectKind Kind, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether this is the null ExtensionObject, <c>00 00 00</c> on the wire.</summary>
    public bool IsNull => Kind == ExtensionObjectKind.None && TypeId.IsNull;

    /// <summary>Wraps a structure.</summary>
    public static ExtensionObject From<T>(T structure)
        where T : IEncodedStructure<T>
    {
        var encoder = new BinaryEncoder();
        structure.Encode(encoder);
        return new ExtensionObject(NodeId.Numeric(0, T.EncodingId), ExtensionObjectKind.Binary, encoder.WrittenMemory);
    }

    /// <summary>Whether the body is a binary <typeparamref name="T"/>.</summary>
    public bool Holds<T>()
        where T : IEncodedStructure<T> => Kind == ExtensionObjectKind.Binary && TypeId == NodeId.Numeric(0, T.EncodingId);

    /// <summary>
    /// Decodes the body where it is a binary <typeparamref name="T"/>; false where it is something else. Bytes behind the last known field
    /// are ignored: newer servers append fields.
    /// </summary>
    /// <exception cref="ProtocolViolation">The body is said to be a <typeparamref name="T"/> and is malformed.</exception>
    public bool TryDecode<T>(DecodingLimits limits, [NotNullWhen(true)] out T? structure)
        where T : class, IEncodedStructure<T>
    {
        structure = null;
        if (!Holds<T>())
        {
            return false;
        }

        var decoder = new BinaryDecoder(Body, limits);
        structure = T.Decode(ref decoder);
        return true;
    }

    /// <summary>Whether type, kind and the body's bytes are the same.</summary>
    public bool Equals(ExtensionObject other) =>
        TypeId == other.TypeId && Kind == other.Kind && Body.Span.SequenceEqual(other.Body.Span);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(TypeId);
        hash.AddBytes(Body.Span);
        return hash.ToHashCode();
    }
}
