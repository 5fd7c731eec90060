using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>A growing run of bytes with the number formats of the journal: little-endian, LEB128 for small numbers. Not thread-safe.</summary>
internal sealed class JournalBuffer : IBufferWriter<byte>
{
    private byte[] _bytes;

    public JournalBuffer(int capacity = 4096) => _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Truncate(int length) => Length = length;

    public Span<byte> Slice(int start, int length) => _bytes.AsSpan(start, length);

    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        var span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }

    public void Write(byte value) => Reserve(1)[0] = value;

    public void Write(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);

    public void Write(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    public void Write(Guid value) => value.TryWriteBytes(Reserve(16));

    public void Write(ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

    public void WriteVarint(ulong value)
    {
        while (value >= 0x80)
        {
            Write((byte)(value | 0x80));
            value >>= 7;
        }

        Write((byte)value);
    }

    /// <summary>Small negative numbers stay small: 0, -1, 1, -2 ... become 0, 1, 2, 3 ...</summary>
    public void WriteZigZag(long value) => WriteVarint((ulong)(value << 1) ^ (ulong)(value >> 63));

    public void Write(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteVarint((ulong)length);
        Encoding.UTF8.GetBytes(value, Reserve(length));
    }

    void IBufferWriter<byte>.Advance(int count) => Length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Room(sizeHint);
        return _bytes.AsMemory(Length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        Room(sizeHint);
        return _bytes.AsSpan(Length);
    }

    private void Room(int sizeHint)
    {
        var before = Length;
        Reserve(Math.Max(1, sizeHint));
        Length = before;
    }
}
