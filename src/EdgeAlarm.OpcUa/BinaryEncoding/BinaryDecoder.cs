using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.DataTypes;

namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>
/// Reads OPC UA Binary from foreign bytes (OPC 10000-6 §5.2). Every length is checked against the limits and the bytes that are left
/// before anything is allocated, elements of nested arrays against the bytes that the outer elements do not need: the memory of a decode
/// is a fixed multiple of the bytes given. The only exception is <see cref="ProtocolViolation"/>; after one the decoder is of no more use.
/// </summary>
public ref struct BinaryDecoder
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly DecodingLimits _limits;
    private readonly bool _viewsBodies;
    private int _position;
    private int _nesting;

    // bytes that the elements of open arrays which are not yet read need at least
    private int _reserved;

    /// <summary>A decoder of bytes that live only during the call: bodies of ExtensionObjects are copied.</summary>
    public BinaryDecoder(ReadOnlySpan<byte> bytes, DecodingLimits limits)
    {
        _bytes = bytes;
        _limits = limits;
    }

    /// <summary>
    /// A decoder of memory that the caller keeps alive and unchanged: bodies of ExtensionObjects are views of it, not copies.
    /// </summary>
    public BinaryDecoder(ReadOnlyMemory<byte> bytes, DecodingLimits limits)
        : this(bytes.Span, limits)
    {
        _memory = bytes;
        _viewsBodies = true;
    }

    /// <summary>How many bytes are read.</summary>
    public readonly int Position => _position;

    /// <summary>How many bytes are left.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>What this decoder accepts at most.</summary>
    public readonly DecodingLimits Limits => _limits;

    /// <summary>One byte; any but 0 is true.</summary>
    /// <exception cref="ProtocolViolation">No byte is left.</exception>
    public bool ReadBoolean() => ReadByte() != 0;

    /// <summary>One byte.</summary>
    /// <exception cref="ProtocolViolation">No byte is left.</exception>
    public byte ReadByte() => Take(1, Clauses.BinaryEncoding)[0];

    /// <summary>One signed byte.</summary>
    /// <exception cref="ProtocolViolation">No byte is left.</exception>
    public sbyte ReadSByte() => unchecked((sbyte)ReadByte());

    /// <summary>Two bytes, little-endian.</summary>
    /// <exception cref="ProtocolViolation">Too few bytes are left.</exception>
    public short ReadInt16() => BinaryPrimitives.ReadInt16LittleEndian(Take(2, Clauses.BinaryEncoding));

    /// <summary>Two bytes, little-endian.</summary>
    /// <exception cref="ProtocolViolation">Too few bytes are left.</exception>
    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2, Clauses.BinaryEncoding));

    /// <summary>Four bytes, little-endian; enumerations too.</summary>
    /// <exception cref="ProtocolViolation">Too few bytes are left.</exception>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4, Clauses.BinaryEncoding));

    /// <summary>Four bytes, little-endian.</summary>
    /// <exception cref="ProtocolViolation">Too few bytes are left.</exception>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, Clauses.BinaryEncoding));

    /// <summary>Eight bytes, little-endian.</summary>
    /// <exception cref="ProtocolViolation">Too few bytes are left.</exception>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8, Clauses.BinaryEncoding));

    /// <summary>Eight bytes, little-endian.</summary>
    /// <exception cref="ProtocolViolation">Too few bytes are left.</exception>
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8, Clauses.BinaryEncoding));

    /// <summary>IEEE 754 single precision; NaN and infinities are values.</summary>
    /// <exception cref="ProtocolViolation">Too few bytes are left.</exception>
    public float ReadFloat() => BinaryPrimitives.ReadSingleLittleEndian(Take(4, Clauses.BinaryEncoding));

    /// <summary>IEEE 754 double precision; NaN and infinities are values.</summary>
    /// <exception cref="ProtocolViolation">Too few bytes are left.</exception>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8, Clauses.BinaryEncoding));

    /// <summary>A DateTime in .NET ticks (UTC), 0 for none; values outside the calendar are clamped, never refused.</summary>
    /// <exception cref="ProtocolViolation">Too few bytes are left.</exception>
    public long ReadDateTimeTicks() => UtcTicks.FromWire(ReadInt64());

    /// <summary>Sixteen bytes.</summary>
    /// <exception cref="ProtocolViolation">Too few bytes are left.</exception>
    public Guid ReadGuid() => new(Take(16, Clauses.BinaryEncoding), bigEndian: false);

    /// <summary>A StatusCode.</summary>
    /// <exception cref="ProtocolViolation">Too few bytes are left.</exception>
    public StatusCode ReadStatusCode() => new(ReadUInt32());

    /// <summary>A String, null for length -1. Bytes that are no UTF-8 become U+FFFD: a Latin-1 name must not cost the channel.</summary>
    /// <exception cref="ProtocolViolation">The length is below -1, above the limit or beyond the end.</exception>
    public string? ReadString() => ReadLength(Clauses.String) is var length and >= 0
        ? Encoding.UTF8.GetString(Take(length, Clauses.String))
        : null;

    /// <summary>A ByteString, null for length -1; a copy.</summary>
    /// <exception cref="ProtocolViolation">The length is below -1, above the limit or beyond the end.</exception>
    public byte[]? ReadByteString() => ReadLength(Clauses.ByteString) is var length and >= 0
        ? Take(length, Clauses.ByteString).ToArray()
        : null;

    /// <summary>A NodeId in any of its six forms.</summary>
    /// <exception cref="ProtocolViolation">The form is unknown or the bytes do not suffice.</exception>
    public NodeId ReadNodeId() => ReadNodeId(ReadByte(), Clauses.NodeId);

    /// <summary>An ExpandedNodeId.</summary>
    /// <exception cref="ProtocolViolation">The form is unknown or the bytes do not suffice.</exception>
    public ExpandedNodeId ReadExpandedNodeId()
    {
        const byte HasNamespaceUri = 0x80, HasServerIndex = 0x40;
        var form = ReadByte();
        var nodeId = ReadNodeId((byte)(form & ~(HasNamespaceUri | HasServerIndex)), Clauses.ExpandedNodeId);
        var uri = (form & HasNamespaceUri) != 0 ? ReadString() : null;
        var serverIndex = (form & HasServerIndex) != 0 ? ReadUInt32() : 0;
        return new ExpandedNodeId(nodeId, uri, serverIndex);
    }

    /// <summary>A QualifiedName.</summary>
    /// <exception cref="ProtocolViolation">The bytes do not suffice.</exception>
    public QualifiedName ReadQualifiedName() => new(ReadUInt16(), ReadString());

    /// <summary>A LocalizedText.</summary>
    /// <exception cref="ProtocolViolation">The bytes do not suffice.</exception>
    public LocalizedText ReadLocalizedText()
    {
        const byte HasLocale = 0x01, HasText = 0x02;
        var mask = ReadByte();
        var locale = (mask & HasLocale) != 0 ? ReadString() : null;
        var text = (mask & HasText) != 0 ? ReadString() : null;
        return new LocalizedText(text, locale);
    }

    /// <summary>An ExtensionObject, its body still encoded.</summary>
    /// <exception cref="ProtocolViolation">The kind of body is unknown or the bytes do not suffice.</exception>
    public ExtensionObject ReadExtensionObject()
    {
        var typeId = ReadNodeId();
        var kind = ReadByte();
        if (kind == (byte)ExtensionObjectKind.None)
        {
            return new ExtensionObject(typeId, ExtensionObjectKind.None, default);
        }

        if (kind > (byte)ExtensionObjectKind.Xml)
        {
            throw Malformed(Clauses.ExtensionObject, $"The kind {kind} of a body is unknown; 0, 1 and 2 are allowed.");
        }

        var length = Math.Max(ReadLength(Clauses.ExtensionObject), 0);
        var start = _position;
        var body = Take(length, Clauses.ExtensionObject);
        return new ExtensionObject(typeId, (ExtensionObjectKind)kind, _viewsBodies ? _memory.Slice(start, length) : body.ToArray());
    }

    /// <summary>A Variant; scalars of up to 64 bits without allocation.</summary>
    /// <exception cref="ProtocolViolation">The bytes are no Variant, or it is nested too deep.</exception>
    public Variant ReadVariant()
    {
        EnterNesting();
        var variant = VariantReader.Read(ref this);
        _nesting--;
        return variant;
    }

    /// <summary>A DataValue; with a scalar of up to 64 bits without allocation.</summary>
    /// <exception cref="ProtocolViolation">The bytes are no DataValue, or it is nested too deep.</exception>
    public DataValue ReadDataValue() => ReadDataValue(null);

    /// <summary>A DataValue of which only a number inside its value is wanted, without allocation.</summary>
    /// <param name="member">The way to the number; null for the whole value.</param>
    /// <returns>Where the number is not there, the value is null and the status says why; the info bits of the server's status stay.</returns>
    /// <exception cref="ProtocolViolation">The bytes are no DataValue, or it is nested too deep.</exception>
    public DataValue ReadDataValue(MemberReader? member)
    {
        // the fields go in another order than the bits: source time, its picoseconds, then the server's (OPC 10000-6 §5.2.2.17)
        const ushort PicosecondsMax = 9999;
        const uint InfoBits = 0xFFFF;
        const int PlainNesting = 2; // the DataValue and its Variant
        if (member is null && _nesting + PlainNesting <= Math.Min(_limits.MaxNesting, DecodingLimits.NestingMax) && PlainDataValue.TryRead(_bytes[_position..], out var plain) is var length and > 0)
        {
            _position += length;
            return plain;
        }

        EnterNesting();
        var mask = ReadByte();
        var inside = member is null ? default : StatusCodes.BadNoData;
        var value = (mask & DataValueMask.Value) == 0 ? default : member is null ? ReadVariant() : member.Read(ref this, out inside);
        var status = (mask & DataValueMask.Status) != 0 ? ReadStatusCode() : default;
        var source = (mask & DataValueMask.SourceTimestamp) != 0 ? ReadDateTimeTicks() : 0;
        var sourcePicoseconds = (mask & DataValueMask.SourcePicoseconds) != 0 ? Math.Min(ReadUInt16(), PicosecondsMax) : (ushort)0;
        var server = (mask & DataValueMask.ServerTimestamp) != 0 ? ReadDateTimeTicks() : 0;
        var serverPicoseconds = (mask & DataValueMask.ServerPicoseconds) != 0 ? Math.Min(ReadUInt16(), PicosecondsMax) : (ushort)0;
        _nesting--;
        status = inside.IsBad && !status.IsBad ? new StatusCode(inside.Code | (status.Code & InfoBits)) : status;
        return new DataValue(value, status, source, server, sourcePicoseconds, serverPicoseconds);
    }

    /// <summary>A DiagnosticInfo, null where it is empty.</summary>
    /// <exception cref="ProtocolViolation">The bytes do not suffice, or it is nested too deep.</exception>
    public DiagnosticInfo? ReadDiagnosticInfo()
    {
        EnterNesting();
        var mask = (byte)(ReadByte() & DiagnosticInfoMask.All);

        // the locale's bit is above the text's, its field before it (OPC 10000-6 §5.2.2.12)
        var diagnostics = mask == 0 ? null : new DiagnosticInfo
        {
            SymbolicId = (mask & DiagnosticInfoMask.SymbolicId) != 0 ? ReadInt32() : null,
            NamespaceUri = (mask & DiagnosticInfoMask.NamespaceUri) != 0 ? ReadInt32() : null,
            Locale = (mask & DiagnosticInfoMask.Locale) != 0 ? ReadInt32() : null,
            LocalizedText = (mask & DiagnosticInfoMask.LocalizedText) != 0 ? ReadInt32() : null,
            AdditionalInfo = (mask & DiagnosticInfoMask.AdditionalInfo) != 0 ? ReadString() : null,
            InnerStatusCode = (mask & DiagnosticInfoMask.InnerStatusCode) != 0 ? ReadStatusCode() : null,
            InnerDiagnosticInfo = (mask & DiagnosticInfoMask.InnerDiagnosticInfo) != 0 ? ReadDiagnosticInfo() : null,
        };
        _nesting--;
        return diagnostics;
    }

    /// <summary>The number of elements of an array, -1 for null, when that many elements can be there.</summary>
    /// <param name="minElementSize">Bytes that one element takes at least, 1 or more.</param>
    /// <exception cref="ProtocolViolation">The number is below -1, above the limit, or the bytes left cannot hold so many.</exception>
    public int ReadArrayLength(int minElementSize)
    {
        var length = ReadInt32();
        if (length < -1)
        {
            throw Malformed(Clauses.Array, $"An array of {length} elements.");
        }

        if (length > _limits.MaxArrayLength)
        {
            throw LimitExceeded(Clauses.Array, $"An array of {length} elements; at most {_limits.MaxArrayLength} are accepted.");
        }

        return (long)length * minElementSize > Remaining - _reserved
            ? throw Malformed(Clauses.Array, $"An array of {length} elements in {Remaining} bytes.")
            : length;
    }

    /// <summary>An array, null for length -1.</summary>
    /// <param name="minElementSize">Bytes that one element takes at least, 1 or more.</param>
    /// <param name="readElement">Reads one element.</param>
    /// <exception cref="ProtocolViolation">The length cannot be true, or an element is malformed.</exception>
    public T[]? ReadArrayOrNull<T>(int minElementSize, ElementReader<T> readElement)
    {
        var length = ReadArrayLength(minElementSize);
        if (length < 0)
        {
            return null;
        }

        var elements = length == 0 ? [] : new T[length];
        _reserved += length * minElementSize;
        for (var index = 0; index < elements.Length; index++)
        {
            _reserved -= minElementSize;
            elements[index] = readElement(ref this);
        }

        return elements;
    }

    /// <summary>An array of a message's field; null is the same as empty there (OPC 10000-4 §5.3).</summary>
    /// <param name="minElementSize">Bytes that one element takes at least, 1 or more.</param>
    /// <param name="readElement">Reads one element.</param>
    /// <exception cref="ProtocolViolation">The length cannot be true, or an element is malformed.</exception>
    public T[] ReadArray<T>(int minElementSize, ElementReader<T> readElement) => ReadArrayOrNull(minElementSize, readElement) ?? [];

    internal readonly ProtocolViolation Malformed(string clause, FormattableString reason) =>
        new(_position, clause, reason.ToString(CultureInfo.InvariantCulture), StatusCodes.BadDecodingError);

    private readonly ProtocolViolation LimitExceeded(string clause, FormattableString reason) =>
        new(_position, clause, reason.ToString(CultureInfo.InvariantCulture), StatusCodes.BadEncodingLimitsExceeded);

    /// <summary>Goes over bytes.</summary>
    internal void Skip(long count)
    {
        if (count > Remaining)
        {
            throw Malformed(Clauses.BinaryEncoding, $"{count} bytes are needed and {Remaining} are left.");
        }

        _position += (int)count;
    }

    /// <summary>The bytes of a String or ByteString where they lie; empty for null.</summary>
    internal ReadOnlySpan<byte> ReadBytes() => Take(Math.Max(ReadLength(Clauses.ByteString), 0), Clauses.ByteString);

    /// <summary>A decoder of the next bytes alone, which this one goes over.</summary>
    internal BinaryDecoder Slice(ReadOnlySpan<byte> body) => new(body, _limits) { _nesting = _nesting };

    /// <summary>Goes one level deeper, for those who skip.</summary>
    internal void Enter() => EnterNesting();

    /// <summary>Comes back from <see cref="Enter"/>.</summary>
    internal void Leave() => _nesting--;

    private NodeId ReadNodeId(byte form, string clause) => form switch
    {
        0x00 => NodeId.Numeric(0, ReadByte()),
        0x01 => NodeId.Numeric(ReadByte(), ReadUInt16()),
        0x02 => NodeId.Numeric(ReadUInt16(), ReadUInt32()),
        0x03 => NodeId.Text(ReadUInt16(), ReadString() ?? ""),
        0x04 => NodeId.OfGuid(ReadUInt16(), ReadGuid()),
        0x05 => NodeId.Opaque(ReadUInt16(), ReadByteString()),
        _ => throw Malformed(clause, $"The form 0x{form:X2} of a NodeId is unknown; 0 to 5 are allowed."),
    };

    private int ReadLength(string clause)
    {
        var length = ReadInt32();
        return length < -1
            ? throw Malformed(clause, $"A length of {length} bytes.")
            : length > _limits.MaxStringBytes
                ? throw LimitExceeded(clause, $"A length of {length} bytes; at most {_limits.MaxStringBytes} are accepted.")
                : length;
    }

    private void EnterNesting()
    {
        if (++_nesting > Math.Min(_limits.MaxNesting, DecodingLimits.NestingMax))
        {
            throw LimitExceeded(Clauses.Nesting, $"Nested deeper than {_limits.MaxNesting}.");
        }
    }

    private ReadOnlySpan<byte> Take(int count, string clause)
    {
        if (count > Remaining)
        {
            throw Malformed(clause, $"{count} bytes are needed and {Remaining} are left.");
        }

        var taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }
}
