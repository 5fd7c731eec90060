using System.Buffers;
using System.Buffers.Binary;

namespace EdgeAlarm.Engine;

/// <summary>
/// The state of an engine as canonical bytes: magic <c>EASN</c>, version, fingerprint of the configuration, then the gateway's fields and each source, tag and alarm in
/// the order of its index, and what conditions remember. The deadlines' inner order is not part of it; it is built again. Its caller keeps it with a checksum.
/// </summary>
internal static class Snapshot
{
    /// <summary>Raised with each change of the layout or of the meaning of a field.</summary>
    private const uint Version = 10;

    private const uint Magic = 0x4E53_4145;

    /// <summary>Writes the state.</summary>
    public static void Write(EngineState state, IBufferWriter<byte> output)
    {
        var writer = new SnapshotWriter(output);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(ConfigurationFingerprint.Of(state.Configuration));
        writer.Write(state.Now.Ticks);
        writer.Write(state.Epoch);
        writer.Write(state.NextSeq);
        writer.Write(state.Unrecorded);
        foreach (ref readonly var source in state.Sources.AsSpan())
        {
            Write(writer, in source);
        }

        foreach (ref readonly var tag in state.Tags.AsSpan())
        {
            Write(writer, in tag);
        }

        foreach (ref readonly var alarm in state.Alarms.AsSpan())
        {
            Write(writer, in alarm);
        }

        HandlingSnapshot.Write(writer, state);
        foreach (var word in state.Memory)
        {
            writer.Write(word);
        }
    }

    /// <summary>Reads the state back.</summary>
    /// <exception cref="InvariantViolation">The bytes are not a snapshot of this version and configuration.</exception>
    public static EngineState Read(AlarmConfiguration configuration, ReadOnlySpan<byte> bytes)
    {
        var state = new EngineState(configuration);
        var reader = new SnapshotReader(bytes);
        reader.Demand(reader.ReadUInt32() == Magic, "it does not begin as one");
        var version = reader.ReadUInt32();
        reader.Demand(version == Version, $"it has version {version}, this engine reads version {Version}");
        reader.Demand(reader.ReadInt64() == ConfigurationFingerprint.Of(configuration), "it was made under another configuration");
        state.Now = reader.ReadPlantTime();
        state.Epoch = reader.ReadGuid();
        state.NextSeq = reader.ReadInt64();
        reader.Demand(state.NextSeq >= 1, $"the next seq is {state.NextSeq}");
        state.Unrecorded = reader.ReadString();
        foreach (ref var source in state.Sources.AsSpan())
        {
            Read(ref reader, ref source);
        }

        for (var tag = 0; tag < state.Tags.Length; tag++)
        {
            Read(ref reader, tag, ref state.Tags[tag]);
            state.ScheduleTag(tag);
        }

        foreach (ref var alarm in state.Alarms.AsSpan())
        {
            Read(ref reader, ref alarm);
        }

        HandlingSnapshot.Read(ref reader, state);
        foreach (ref var word in state.Memory.AsSpan())
        {
            word = reader.ReadInt64();
        }

        reader.Demand(reader.IsAtEnd, "bytes are left over");
        for (var alarm = 0; alarm < state.Alarms.Length; alarm++)
        {
            state.Schedule(alarm);
        }

        for (var alarm = 0; alarm < state.Handling.Length; alarm++)
        {
            state.ScheduleTimers(alarm);
        }

        return state;
    }

    /// <summary>Whether the bytes begin as a snapshot of a lower version.</summary>
    public static bool IsOlder(ReadOnlySpan<byte> bytes) => bytes.Length >= 8
        && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic
        && BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) < Version;

    private static void Write(SnapshotWriter writer, in SourceCell source)
    {
        writer.Write(source.IsUp);
        writer.Write((byte)source.Announced);
        writer.Write(source.DownReason);
        writer.Write(source.FirstSamplesDue.Ticks);
        writer.Write(source.IsMeasured);
        writer.Write(source.IsSynchronised);
        writer.Write(source.Offset.Ticks);
    }

    private static void Read(ref SnapshotReader reader, ref SourceCell source)
    {
        source.IsUp = reader.ReadBoolean();
        source.Announced = (AnnouncedSource)reader.ReadByte((byte)AnnouncedSource.Lost);
        source.DownReason = reader.ReadString();
        source.FirstSamplesDue = reader.ReadPlantTime();
        source.IsMeasured = reader.ReadBoolean();
        source.IsSynchronised = reader.ReadBoolean();
        source.Offset = new TimeSpan(reader.ReadInt64());
    }

    private static void Write(SnapshotWriter writer, in TagCell tag)
    {
        writer.Write(tag.HasSample);
        writer.Write((byte)tag.Last.Value.Kind);
        writer.Write(tag.Last.Value.Bits);
        writer.Write(tag.Last.Quality.Code);
        writer.Write(tag.Last.SourceTime.Ticks);
        writer.Write(tag.Last.ServerTime.Ticks);
        writer.Write(tag.Last.ReceivedAt.Ticks);
        writer.Write(tag.Last.PlantTime.Ticks);
        writer.Write(tag.ConditionTime.Ticks);
        writer.Write((uint)tag.Flags);
        writer.Write(tag.Updated.Ticks);
        writer.Write((byte)tag.Freshness);
        writer.Write((byte)tag.Discontinuity);
        writer.Write(tag.IsUnbroken);
        writer.Write(tag.IsAnswered);
        writer.Write(tag.Monitored.Code);
        writer.Write(tag.IsFaulted);
        writer.Write((byte)tag.Announced);
        writer.Write(tag.AnnouncedCode);
        writer.Write((byte)tag.Truth);
        writer.Write(tag.TruthCode);
        writer.Write(tag.TruthSince.Ticks);
        writer.Write(tag.ToldAt.Ticks);
        writer.Write(tag.ToldBefore.Ticks);
        writer.Write(tag.IsFlapping);
        writer.Write(tag.Losses);
        writer.Write(tag.Unarmed.Ticks);
        writer.Write((byte)tag.Silence);
        writer.Write(tag.StaleDue.Ticks);
    }

    private static void Read(ref SnapshotReader reader, int index, ref TagCell tag)
    {
        tag.HasSample = reader.ReadBoolean();
        tag.Last = new Sample(
            tag.HasSample ? index : 0,
            new TagValue((TagValueKind)reader.ReadByte((byte)TagValueKind.Real), reader.ReadInt64()),
            new Quality(reader.ReadUInt32()),
            SourceTime: new UtcTime(reader.ReadInt64()),
            ServerTime: new UtcTime(reader.ReadInt64()),
            ReceivedAt: new UtcTime(reader.ReadInt64()),
            PlantTime: reader.ReadPlantTime());
        tag.ConditionTime = reader.ReadPlantTime();
        tag.Flags = (EventFlags)reader.ReadUInt32();
        tag.Updated = reader.ReadPlantTime();
        tag.Freshness = (Freshness)reader.ReadByte((byte)Freshness.Fresh);
        tag.Discontinuity = (Discontinuity)reader.ReadByte((byte)Discontinuity.Start);
        tag.IsUnbroken = reader.ReadBoolean();
        tag.IsAnswered = reader.ReadBoolean();
        tag.Monitored = new Quality(reader.ReadUInt32());
        tag.IsFaulted = reader.ReadBoolean();
        tag.Announced = (ArmedReason)reader.ReadByte((byte)ArmedReason.NotComparable);
        tag.AnnouncedCode = reader.ReadUInt32();
        tag.Truth = (ArmedReason)reader.ReadByte((byte)ArmedReason.NotComparable);
        tag.TruthCode = reader.ReadUInt32();
        tag.TruthSince = reader.ReadPlantTime();
        tag.ToldAt = reader.ReadPlantTime();
        tag.ToldBefore = reader.ReadPlantTime();
        tag.IsFlapping = reader.ReadBoolean();
        tag.Losses = reader.ReadUInt32();
        tag.Unarmed = new TimeSpan(reader.ReadInt64());
        tag.Silence = (Silence)reader.ReadByte((byte)Silence.Stale);
        tag.StaleDue = reader.ReadPlantTime();
    }

    private static void Write(SnapshotWriter writer, in AlarmCell alarm)
    {
        writer.Write(alarm.Since.Ticks);
        writer.Write(alarm.Deadline.Ticks);
        writer.Write(alarm.TurnsAt.Ticks);
        writer.Write(alarm.PendingSince.Ticks);
        writer.Write(alarm.HeldSince.Ticks);
        writer.Write(alarm.IsHeld);
        writer.Write(alarm.IsAhead);
        writer.Write(alarm.IsUndefined);
        writer.Write((uint)alarm.PendingFlags);
        writer.Write(alarm.Condition);
    }

    private static void Read(ref SnapshotReader reader, ref AlarmCell alarm)
    {
        alarm.Since = reader.ReadPlantTime();
        alarm.Deadline = reader.ReadPlantTime();
        alarm.TurnsAt = reader.ReadPlantTime();
        alarm.PendingSince = reader.ReadPlantTime();
        alarm.HeldSince = reader.ReadPlantTime();
        alarm.IsHeld = reader.ReadBoolean();
        alarm.IsAhead = reader.ReadBoolean();
        alarm.IsUndefined = reader.ReadBoolean();
        alarm.PendingFlags = (EventFlags)reader.ReadUInt32();
        alarm.Condition = reader.ReadBoolean();
    }
}
