using System.Buffers.Binary;

namespace EdgeAlarm.Engine;

/// <summary>Writes a situation: whole numbers in as few bytes as they need, times as their distance from the present.</summary>
/// <param name="output">Where to.</param>
/// <param name="now">The present.</param>
/// <param name="past">Everything that lies back further is equally long ago.</param>
internal ref struct SituationWriter(Span<byte> output, long now, long past)
{
    private const long Never = long.MaxValue;
    private readonly Span<byte> _output = output;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>The present.</summary>
    public readonly long Now => now;

    /// <summary>Whether a time is so long ago that how long makes no difference.</summary>
    public readonly bool IsLongAgo(long ticks) => ticks < now - past;

    /// <summary>One byte.</summary>
    public void Byte(int value) => _output[Length++] = (byte)value;

    /// <summary>64 bits that are no time: a value.</summary>
    public void Bits(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_output[Length..], value);
        Length += sizeof(long);
    }

    /// <summary>A number: seven bits a byte, the lowest first, the sign in the first bit.</summary>
    public void Number(long value)
    {
        var rest = unchecked((ulong)((value << 1) ^ (value >> 63)));
        while (rest >= 0x80)
        {
            Byte((int)(rest & 0x7F) | 0x80);
            rest >>= 7;
        }

        Byte((int)rest);
    }

    /// <summary>A time.</summary>
    public void Time(PlantTime time) => Time(time.Ticks, now);

    /// <summary>A time of a clock that stands back by what did not count.</summary>
    /// <param name="ticks">The time; the end of all days for never.</param>
    /// <param name="present">What that clock shows now.</param>
    public void Time(long ticks, long present)
    {
        // foreign clocks show any 64 bits: their distance is kept from going round
        var distance = ticks == Never ? Never : (long)Int128.Clamp((Int128)ticks - present, -past, Never - 1);
        Number(distance == Never ? 0 : distance < 0 ? distance : distance + 1);
    }
}
