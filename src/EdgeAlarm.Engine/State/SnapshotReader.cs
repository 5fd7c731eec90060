using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace EdgeAlarm.Engine;

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote. Whatever the bytes, it throws nothing but <see cref="InvariantViolation"/>.</summary>
internal ref struct SnapshotReader(ReadOnlySpan<byte> bytes)
{
    private readonly int _length = bytes.Length;
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether all was read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>One byte, 0 or 1.</summary>
    public bool ReadBoolean() => ReadByte(1) == 1;

    /// <summary>One byte.</summary>
    /// <param name="highest">The highest value it may have.</param>
    public byte ReadByte(byte highest)
    {
        var value = Take(1)[0];
        return value <= highest ? value : throw Violation($"a byte is {value}, at most {highest} is possible");
    }

    /// <summary>Demands that something holds of what was read.</summary>
    /// <exception cref="InvariantViolation">It does not.</exception>
    public readonly void Demand(bool holds, string fault)
    {
        if (!holds)
        {
            throw Violation(fault);
        }
    }

    /// <summary>Four bytes.</summary>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <summary>Eight bytes.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>One to ten bytes, seven bits each.</summary>
    public long ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (long)value;
            }
        }

        throw Violation("a number is longer than ten bytes");
    }

    /// <summary>A number of things, each of which takes a byte at least.</summary>
    /// <param name="highest">How many there may be.</param>
    public int ReadCount(int highest)
    {
        var count = ReadVarint();
        return count >= 0 && count <= highest && count <= _rest.Length ? (int)count : throw Violation($"{count} of something, at most {highest} are possible");
    }

    /// <summary>Eight bytes that are a time.</summary>
    public PlantTime ReadPlantTime() => new(ReadInt64());

    /// <summary>Sixteen bytes.</summary>
    public Guid ReadGuid() => new(Take(16), bigEndian: true);

    /// <summary>A text or null.</summary>
    public string? ReadString()
    {
        var length = ReadUInt32();
        if (length == uint.MaxValue)
        {
            return null;
        }

        if (length > _rest.Length)
        {
            throw Violation($"a text of {length} bytes does not fit");
        }

        var text = Take((int)length);
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw Violation("a text is not UTF-8");
    }

    /// <summary>The fault, with its place.</summary>
    public readonly InvariantViolation Violation(string fault) => new($"The engine snapshot is damaged: {fault} (before byte {_length - _rest.Length} of {_length}).");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            throw Violation($"{count} bytes are missing");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
