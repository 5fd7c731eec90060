using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// Samples of one message, each against the one before it: tag, flags, then only what differs. A changing real value of a healthy tag takes about 15 bytes instead of
/// the 56 it has in memory.
/// </summary>
internal static class SampleCodec
{
    private const byte KindMask = 0x07;
    private const byte HasQuality = 0x08;
    private const byte SourceTimeSame = 0x10;
    private const byte ServerTimeIsSourceTime = 0x20;
    private const byte ServerTimeSame = 0x40;
    private const byte ReceptionSame = 0x80;

    public static void Write(JournalBuffer buffer, PlantTime at, ReadOnlySpan<Sample> samples)
    {
        buffer.WriteVarint((ulong)samples.Length);
        var before = First(at);
        foreach (ref readonly var sample in samples)
        {
            Write(buffer, in before, in sample);
            before = sample;
        }
    }

    public static Sample[] Read(ref RecordPayload payload, PlantTime at)
    {
        var count = payload.Count();
        var samples = new List<Sample>(Math.Min(count, 4096));
        var before = First(at);
        for (var i = 0; i < count; i++)
        {
            before = Read(ref payload, in before);
            samples.Add(before);
        }

        return [.. samples];
    }

    // every time lies near the moment of the message
    private static Sample First(PlantTime at) => new(0, TagValue.None, Quality.Good, new(at.Ticks), new(at.Ticks), new(at.Ticks), at);

    private static void Write(JournalBuffer buffer, in Sample before, in Sample sample)
    {
        var flags = (byte)sample.Value.Kind;
        flags |= sample.Quality.Code != 0 ? HasQuality : (byte)0;
        flags |= sample.SourceTime == before.SourceTime ? SourceTimeSame : (byte)0;
        flags |= sample.ServerTime == sample.SourceTime ? ServerTimeIsSourceTime : sample.ServerTime == before.ServerTime ? ServerTimeSame : (byte)0;
        flags |= sample.ReceivedAt == before.ReceivedAt && sample.PlantTime == before.PlantTime ? ReceptionSame : (byte)0;
        buffer.WriteZigZag((long)sample.Tag - before.Tag);
        buffer.Write(flags);
        switch (sample.Value.Kind)
        {
            case TagValueKind.Real:
                buffer.Write(sample.Value.Bits);
                break;
            case TagValueKind.None or TagValueKind.Boolean or TagValueKind.Integer or TagValueKind.Unsigned:
                buffer.WriteZigZag(sample.Value.Bits);
                break;
            default:
                throw new InvariantViolation($"A sample of tag {sample.Tag} has the value kind {sample.Value.Kind}.");
        }

        if ((flags & HasQuality) != 0)
        {
            buffer.Write(sample.Quality.Code);
        }

        if ((flags & SourceTimeSame) == 0)
        {
            buffer.WriteZigZag(unchecked(sample.SourceTime.Ticks - before.SourceTime.Ticks));
        }

        if ((flags & (ServerTimeIsSourceTime | ServerTimeSame)) == 0)
        {
            buffer.WriteZigZag(unchecked(sample.ServerTime.Ticks - before.ServerTime.Ticks));
        }

        if ((flags & ReceptionSame) == 0)
        {
            buffer.WriteZigZag(unchecked(sample.ReceivedAt.Ticks - before.ReceivedAt.Ticks));
            buffer.WriteZigZag(unchecked(sample.PlantTime.Ticks - before.PlantTime.Ticks));
        }
    }

    private static Sample Read(ref RecordPayload payload, in Sample before)
    {
        var tag = checked((int)(before.Tag + payload.ZigZag()));
        var flags = payload.Byte();
        var kind = (TagValueKind)(flags & KindMask);
        if (kind > TagValueKind.Real)
        {
            throw new InvalidDataException($"A recorded sample has the value kind {(int)kind}.");
        }

        var bits = kind == TagValueKind.Real ? payload.Int64() : payload.ZigZag();
        var quality = (flags & HasQuality) != 0 ? payload.UInt32() : 0;
        var source = (flags & SourceTimeSame) != 0 ? before.SourceTime.Ticks : unchecked(before.SourceTime.Ticks + payload.ZigZag());
        var server = (flags & ServerTimeIsSourceTime) != 0 ? source
            : (flags & ServerTimeSame) != 0 ? before.ServerTime.Ticks
            : unchecked(before.ServerTime.Ticks + payload.ZigZag());
        var received = before.ReceivedAt.Ticks;
        var plant = before.PlantTime.Ticks;
        if ((flags & ReceptionSame) == 0)
        {
            received = unchecked(received + payload.ZigZag());
            plant = unchecked(plant + payload.ZigZag());
        }

        return new(tag, new(kind, bits), new(quality), new(source), new(server), new(received), new(plant));
    }
}
