using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EdgeAlarm.OpcUa.BuiltInTypes;

/// <summary>
/// The address of a node within one server: namespace index and identifier (OPC 10000-3 §8.2). Compared by value. The index may name
/// another namespace after a restart of the server: keep <see cref="ExpandedNodeId"/> with a URI in configuration.
/// </summary>
public readonly struct NodeId : IEquatable<NodeId>
{
    /// <summary>The null NodeId, <c>i=0</c>; also the default value.</summary>
    public static readonly NodeId Null;

    // string, boxed Guid or byte[]; null for a numeric identifier
    private readonly object? _identifier;
    private readonly uint _number;

    private NodeId(ushort namespaceIndex, NodeIdType type, uint number, object? identifier)
    {
        NamespaceIndex = namespaceIndex;
        IdType = type;
        _number = number;
        _identifier = identifier;
    }

    /// <summary>Index into the server's NamespaceArray; 0 is the standard's own namespace.</summary>
    public ushort NamespaceIndex { get; }

    /// <summary>The kind of the identifier.</summary>
    public NodeIdType IdType { get; }

    /// <summary>The identifier of a numeric NodeId, 0 for any other kind.</summary>
    public uint Number => _number;

    /// <summary>Whether this is a null NodeId: namespace 0 and the identifier's default value (OPC 10000-3 §8.2.4).</summary>
    public bool IsNull => NamespaceIndex == 0 && IdType switch
    {
        NodeIdType.Numeric => _number == 0,
        NodeIdType.Text => TextIdentifier.Length == 0,
        NodeIdType.Guid => GuidIdentifier == Guid.Empty,
        NodeIdType.Opaque => OpaqueIdentifier.Length == 0,
    };

    /// <summary>The identifier of a text NodeId, empty for any other kind.</summary>
    public string TextIdentifier => _identifier as string ?? "";

    /// <summary>The identifier of a GUID NodeId, all zero for any other kind.</summary>
    public Guid GuidIdentifier => _identifier is Guid guid ? guid : Guid.Empty;

    /// <summary>The identifier of an opaque NodeId, empty for any other kind.</summary>
    public ReadOnlySpan<byte> OpaqueIdentifier => _identifier as byte[];

    /// <summary>A numeric NodeId.</summary>
    public static NodeId Numeric(ushort namespaceIndex, uint number) => new(namespaceIndex, NodeIdType.Numeric, number, null);

    /// <summary>A text NodeId; a null identifier on the wire is the same as an empty one.</summary>
    public static NodeId Text(ushort namespaceIndex, string identifier) => new(namespaceIndex, NodeIdType.Text, 0, identifier);

    /// <summary>A GUID NodeId.</summary>
    public static NodeId OfGuid(ushort namespaceIndex, Guid identifier) => new(namespaceIndex, NodeIdType.Guid, 0, identifier);

    /// <summary>An opaque NodeId; the bytes are copied.</summary>
    public static NodeId Opaque(ushort namespaceIndex, ReadOnlySpan<byte> identifier) =>
        new(namespaceIndex, NodeIdType.Opaque, 0, identifier.ToArray());

    /// <summary>The same identifier under another namespace index.</summary>
    public NodeId WithNamespace(ushort namespaceIndex) => new(namespaceIndex, IdType, _number, _identifier);

    /// <summary>Reads the text form of OPC 10000-6 §5.3.1.10.</summary>
    /// <param name="text">Such as <c>i=2258</c>, <c>ns=2;s=LT101</c>, <c>ns=3;g=72962b91-...</c>, <c>ns=4;b=TWFu</c>.</param>
    /// <exception cref="FormatException">The text is none of these forms.</exception>
    public static NodeId Parse(string text) => TryParse(text, out var nodeId)
        ? nodeId
        : throw new FormatException($"'{text}' is not a NodeId. Allowed: 'i=85', 'ns=2;s=text', 'ns=2;g=guid', 'ns=2;b=base64'.");

    /// <summary>Reads the text form; false where the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out NodeId nodeId)
    {
        nodeId = Null;
        var rest = text.AsSpan();
        ushort namespaceIndex = 0;
        if (rest.StartsWith("ns="))
        {
            var end = rest.IndexOf(';');
            if (end < 0 || !ushort.TryParse(rest[3..end], NumberStyles.None, CultureInfo.InvariantCulture, out namespaceIndex))
            {
                return false;
            }

            rest = rest[(end + 1)..];
        }

        return TryParseIdentifier(namespaceIndex, rest, out nodeId);
    }

    /// <summary>Whether both have the same namespace index, kind and identifier.</summary>
    public static bool operator ==(NodeId left, NodeId right) => left.Equals(right);

    /// <summary>Whether namespace index, kind or identifier differ.</summary>
    public static bool operator !=(NodeId left, NodeId right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(NodeId other) =>
        NamespaceIndex == other.NamespaceIndex && IdType == other.IdType && _number == other._number && IdType switch
        {
            NodeIdType.Numeric => true,
            NodeIdType.Text => string.Equals(TextIdentifier, other.TextIdentifier, StringComparison.Ordinal),
            NodeIdType.Guid => GuidIdentifier == other.GuidIdentifier,
            NodeIdType.Opaque => OpaqueIdentifier.SequenceEqual(other.OpaqueIdentifier),
        };

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is NodeId other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(NamespaceIndex);
        hash.Add(_number);
        if (_identifier is byte[] bytes)
        {
            hash.AddBytes(bytes);
        }
        else
        {
            hash.Add(_identifier);
        }

        return hash.ToHashCode();
    }

    /// <summary>The text form that <see cref="Parse"/> reads; <c>ns=0;</c> is left out.</summary>
    public override string ToString() =>
        NamespaceIndex == 0 ? IdentifierText() : string.Create(CultureInfo.InvariantCulture, $"ns={NamespaceIndex};{IdentifierText()}");

    internal static bool TryParseIdentifier(ushort namespaceIndex, ReadOnlySpan<char> text, out NodeId nodeId)
    {
        nodeId = Null;
        if (text.Length < 2 || text[1] != '=')
        {
            return false;
        }

        var value = text[2..];
        switch (text[0])
        {
            case 'i' when uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                nodeId = Numeric(namespaceIndex, number);
                return true;
            case 's':
                nodeId = Text(namespaceIndex, value.ToString());
                return true;
            case 'g' when Guid.TryParseExact(value, "D", out var guid):
                nodeId = OfGuid(namespaceIndex, guid);
                return true;
            case 'b':
                var bytes = new byte[value.Length];
                var valid = Convert.TryFromBase64Chars(value, bytes, out var length);
                nodeId = valid ? Opaque(namespaceIndex, bytes.AsSpan(0, length)) : Null;
                return valid;
            default:
                return false;
        }
    }

    internal string IdentifierText() => IdType switch
    {
        NodeIdType.Numeric => string.Create(CultureInfo.InvariantCulture, $"i={_number}"),
        NodeIdType.Text => $"s={TextIdentifier}",
        NodeIdType.Guid => $"g={GuidIdentifier:D}",
        NodeIdType.Opaque => $"b={Convert.ToBase64String(OpaqueIdentifier)}",
    };
}
