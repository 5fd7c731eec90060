using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EdgeAlarm.Engine;

/// <summary>Writes the fields of a snapshot, little-endian.</summary>
internal readonly struct SnapshotWriter(IBufferWriter<byte> output)
{
    /// <summary>One byte, 0 or 1.</summary>
    public void Write(bool value) => Write((byte)(value ? 1 : 0));

    /// <summary>One byte.</summary>
    public void Write(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    /// <summary>Four bytes.</summary>
    public void Write(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(sizeof(uint)), value);
        output.Advance(sizeof(uint));
    }

    /// <summary>Eight bytes.</summary>
    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    /// <summary>One to ten bytes: seven bits each, the lowest first.</summary>
    public void WriteVarint(long value)
    {
        var rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            Write((byte)(rest | 0x80));
        }

        Write((byte)rest);
    }

    /// <summary>Sixteen bytes, in the order of the text form.</summary>
    public void Write(Guid value)
    {
        _ = value.TryWriteBytes(output.GetSpan(16), bigEndian: true, out var written);
        output.Advance(written);
    }

    /// <summary>Length in bytes (four bytes, all ones for null), then UTF-8.</summary>
    public void Write(string? value)
    {
        if (value is null)
        {
            Write(uint.MaxValue);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        Write((uint)length);
        Encoding.UTF8.GetBytes(value, output.GetSpan(length));
        output.Advance(length);
    }
}
