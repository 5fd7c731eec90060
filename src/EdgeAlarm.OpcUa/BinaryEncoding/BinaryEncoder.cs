using System.Buffers.Binary;
using System.Text;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>
/// Writes OPC UA Binary (OPC 10000-6 §5.2) into a buffer that grows and is used again after <see cref="Clear"/>. Not for several threads
/// at once.
/// </summary>
public sealed class BinaryEncoder
{
    private byte[] _buffer;
    private int _length;

    /// <summary>An empty encoder.</summary>
    /// <param name="capacity">First size of the buffer in bytes, 16 or more.</param>
    public BinaryEncoder(int capacity = 256) => _buffer = new byte[Math.Max(capacity, 16)];

    /// <summary>How many bytes are written.</summary>
    public int Length => _length;

    /// <summary>What is written; valid until the next write or <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, _length);

    /// <summary>What is written; valid until the next write or <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _length);

    /// <summary>Forgets what is written and keeps the buffer.</summary>
    public void Clear() => _length = 0;

    /// <summary>One byte, 0 or 1.</summary>
    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>One byte.</summary>
    public void WriteByte(byte value) => Reserve(1)[0] = value;

    /// <summary>One signed byte.</summary>
    public void WriteSByte(sbyte value) => WriteByte(unchecked((byte)value));

    /// <summary>Two bytes, little-endian.</summary>
    public void WriteInt16(short value) => BinaryPrimitives.WriteInt16LittleEndian(Reserve(2), value);

    /// <summary>Two bytes, little-endian.</summary>
    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Reserve(2), value);

    /// <summary>Four bytes, little-endian; enumerations too.</summary>
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Reserve(4), value);

    /// <summary>Four bytes, little-endian.</summary>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);

    /// <summary>Eight bytes, little-endian.</summary>
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    /// <summary>Eight bytes, little-endian.</summary>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);

    /// <summary>IEEE 754 single precision.</summary>
    public void WriteFloat(float value) => BinaryPrimitives.WriteSingleLittleEndian(Reserve(4), value);

    /// <summary>IEEE 754 double precision.</summary>
    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Reserve(8), value);

    /// <summary>A DateTime of .NET ticks (UTC); what lies outside 1601..9999 is clamped, 0 stays 0.</summary>
    public void WriteDateTimeTicks(long ticks) => WriteInt64(UtcTicks.ToWire(ticks));

    /// <summary>Sixteen bytes.</summary>
    public void WriteGuid(Guid value) => value.TryWriteBytes(Reserve(16), bigEndian: false, out _);

    /// <summary>A StatusCode.</summary>
    public void WriteStatusCode(StatusCode value) => WriteUInt32(value.Code);

    /// <summary>Bytes as they are, without a length.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>A String; null as length -1. A lone surrogate becomes U+FFFD.</summary>
    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteInt32(-1);
            return;
        }

        var size = Encoding.UTF8.GetByteCount(value);
        WriteInt32(size);
        Encoding.UTF8.GetBytes(value, Reserve(size));
    }

    /// <summary>A ByteString; null as length -1.</summary>
    public void WriteByteString(byte[]? value)
    {
        WriteInt32(value?.Length ?? -1);
        WriteRaw(value);
    }

    /// <summary>A NodeId in the shortest of its forms.</summary>
    public void WriteNodeId(NodeId value) => WriteNodeId(value, 0);

    /// <summary>An ExpandedNodeId.</summary>
    public void WriteExpandedNodeId(ExpandedNodeId value)
    {
        const byte HasNamespaceUri = 0x80, HasServerIndex = 0x40;
        WriteNodeId(
            value.NodeId,
            (byte)((value.NamespaceUri is null ? 0 : HasNamespaceUri) | (value.ServerIndex == 0 ? 0 : HasServerIndex)));
        if (value.NamespaceUri is not null)
        {
            WriteString(value.NamespaceUri);
        }

        if (value.ServerIndex != 0)
        {
            WriteUInt32(value.ServerIndex);
        }
    }

    /// <summary>A QualifiedName.</summary>
    public void WriteQualifiedName(QualifiedName value)
    {
        WriteUInt16(value.NamespaceIndex);
        WriteString(value.Name);
    }

    /// <summary>A LocalizedText; null parts are left out.</summary>
    public void WriteLocalizedText(LocalizedText value)
    {
        WriteByte((byte)((value.Locale is null ? 0 : 1) | (value.Text is null ? 0 : 2)));
        if (value.Locale is not null)
        {
            WriteString(value.Locale);
        }

        if (value.Text is not null)
        {
            WriteString(value.Text);
        }
    }

    /// <summary>An ExtensionObject whose body is encoded already.</summary>
    public void WriteExtensionObject(ExtensionObject value)
    {
        WriteNodeId(value.TypeId);
        WriteByte((byte)value.Kind);
        if (value.Kind != ExtensionObjectKind.None)
        {
            WriteInt32(value.Body.Length);
            WriteRaw(value.Body.Span);
        }
    }

    /// <summary>A structure as an ExtensionObject, encoded in place.</summary>
    public void WriteExtensionObject<T>(T structure)
        where T : IEncodedStructure<T>
    {
        WriteNodeId(NodeId.Numeric(0, T.EncodingId));
        WriteByte((byte)ExtensionObjectKind.Binary);
        WriteInt32(0);
        var start = _length;
        structure.Encode(this);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start - sizeof(int)), _length - start);
    }

    /// <summary>A Variant.</summary>
    public void WriteVariant(Variant value) => VariantWriter.Write(this, value);

    /// <summary>A DataValue; fields at their default (Good, no time) are left out.</summary>
    public void WriteDataValue(in DataValue value)
    {
        var mask = (value.Value.IsNull ? 0 : DataValueMask.Value)
            | (value.Status == default ? 0 : DataValueMask.Status)
            | (value.SourceTicks == 0 ? 0 : DataValueMask.SourceTimestamp)
            | (value.ServerTicks == 0 ? 0 : DataValueMask.ServerTimestamp)
            | (value.SourcePicoseconds == 0 ? 0 : DataValueMask.SourcePicoseconds)
            | (value.ServerPicoseconds == 0 ? 0 : DataValueMask.ServerPicoseconds);
        WriteByte((byte)mask);
        if ((mask & DataValueMask.Value) != 0)
        {
            WriteVariant(value.Value);
        }

        if ((mask & DataValueMask.Status) != 0)
        {
            WriteStatusCode(value.Status);
        }

        if ((mask & DataValueMask.SourceTimestamp) != 0)
        {
            WriteDateTimeTicks(value.SourceTicks);
        }

        if ((mask & DataValueMask.SourcePicoseconds) != 0)
        {
            WriteUInt16(value.SourcePicoseconds);
        }

        if ((mask & DataValueMask.ServerTimestamp) != 0)
        {
            WriteDateTimeTicks(value.ServerTicks);
        }

        if ((mask & DataValueMask.ServerPicoseconds) != 0)
        {
            WriteUInt16(value.ServerPicoseconds);
        }
    }

    /// <summary>A DiagnosticInfo; null as the empty one.</summary>
    public void WriteDiagnosticInfo(DiagnosticInfo? value) => DiagnosticInfoWriter.Write(this, value);

    /// <summary>An array; null as length -1.</summary>
    public void WriteArray<T>(T[]? elements, ElementWriter<T> writeElement)
    {
        WriteInt32(elements?.Length ?? -1);
        foreach (var element in elements ?? [])
        {
            writeElement(this, element);
        }
    }

    private void WriteNodeId(NodeId value, byte flags)
    {
        switch (value.IdType)
        {
            case NodeIdType.Numeric when value is { NamespaceIndex: 0, Number: <= byte.MaxValue }:
                WriteByte(flags);
                WriteByte((byte)value.Number);
                break;
            case NodeIdType.Numeric when value is { NamespaceIndex: <= byte.MaxValue, Number: <= ushort.MaxValue }:
                WriteByte((byte)(0x01 | flags));
                WriteByte((byte)value.NamespaceIndex);
                WriteUInt16((ushort)value.Number);
                break;
            case NodeIdType.Numeric:
                WriteNodeIdStart(0x02, flags, value);
                WriteUInt32(value.Number);
                break;
            case NodeIdType.Text:
                WriteNodeIdStart(0x03, flags, value);
                WriteString(value.TextIdentifier);
                break;
            case NodeIdType.Guid:
                WriteNodeIdStart(0x04, flags, value);
                WriteGuid(value.GuidIdentifier);
                break;
            case NodeIdType.Opaque:
                WriteNodeIdStart(0x05, flags, value);
                WriteInt32(value.OpaqueIdentifier.Length);
                WriteRaw(value.OpaqueIdentifier);
                break;
        }
    }

    private void WriteNodeIdStart(byte form, byte flags, NodeId value)
    {
        WriteByte((byte)(form | flags));
        WriteUInt16(value.NamespaceIndex);
    }

    private Span<byte> Reserve(int count)
    {
        var start = _length;
        var needed = checked(start + count);
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(Math.Max((long)_buffer.Length * 2, needed), Array.MaxLength));
        }

        _length = needed;
        return _buffer.AsSpan(start, count);
    }
}
