using System.Buffers.Binary;
using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>The state of the gateway at a commit: what a start folds the tail of the journal onto (rule R4).</summary>
/// <param name="Position">Behind the commit.</param>
/// <param name="Epoch">The epoch in force.</param>
/// <param name="NextSeq">Seq of the event that comes next.</param>
/// <param name="ConfigurationHash">The configuration in force.</param>
/// <param name="EngineVersion">Version of the build that wrote it.</param>
/// <param name="At">Plant time of the commit.</param>
/// <param name="WallClock">Wall clock of the commit.</param>
/// <param name="Sources">State of the sources: de-duplication keys and when each was last seen.</param>
/// <param name="Conditions">System conditions that stand.</param>
/// <param name="Engine">State of the engine.</param>
/// <param name="Kpis">The figures of the alarm system; empty where an older build wrote it: then they are counted again.</param>
public sealed record Snapshot(
    long Position,
    Guid Epoch,
    long NextSeq,
    string ConfigurationHash,
    string EngineVersion,
    PlantTime At,
    UtcTime WallClock,
    ReadOnlyMemory<byte> Sources,
    ReadOnlyMemory<byte> Conditions,
    ReadOnlyMemory<byte> Engine,
    ReadOnlyMemory<byte> Kpis)
{
    private const uint FormatVersion = 4;

    // without the figures
    private const uint FormatVersionMin = 3;
    private const int CrcLength = 4;

    private static ReadOnlySpan<byte> Magic => "EASNAPS1"u8;

    internal ReadOnlySpan<byte> Encode()
    {
        var buffer = new JournalBuffer(Engine.Length + Sources.Length + Conditions.Length + Kpis.Length + 256);
        buffer.Write(Magic);
        buffer.Write(FormatVersion);
        buffer.Write(Position);
        buffer.Write(Epoch);
        buffer.Write(NextSeq);
        buffer.Write(ConfigurationHash);
        buffer.Write(EngineVersion);
        buffer.Write(At.Ticks);
        buffer.Write(WallClock.Ticks);
        buffer.WriteVarint((ulong)Sources.Length);
        buffer.Write(Sources.Span);
        buffer.WriteVarint((ulong)Conditions.Length);
        buffer.Write(Conditions.Span);
        buffer.WriteVarint((ulong)Engine.Length);
        buffer.Write(Engine.Span);
        buffer.WriteVarint((ulong)Kpis.Length);
        buffer.Write(Kpis.Span);
        buffer.Write(RecordFrame.Crc(Position, buffer.Written));
        return buffer.Written;
    }

    /// <summary>Reads a snapshot; null where the bytes are damaged, or an older build wrote them in a format that is not read any more.</summary>
    /// <param name="file">Its path, for messages.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="older">What is older than this build reads; null where nothing is.</param>
    /// <exception cref="DataFolderUnusable">A newer build wrote it.</exception>
    internal static Snapshot? Decode(string file, ReadOnlySpan<byte> bytes, out string? older)
    {
        older = null;
        if (bytes.Length < Magic.Length + 12 + CrcLength || !bytes.StartsWith(Magic))
        {
            return null;
        }

        var position = BinaryPrimitives.ReadInt64LittleEndian(bytes[(Magic.Length + 4)..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^CrcLength..]) != RecordFrame.Crc(position, bytes[..^CrcLength]))
        {
            return null;
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[Magic.Length..]);
        if (version > FormatVersion)
        {
            throw new DataFolderUnusable(
                $"{file} has snapshot format {version}; this build reads formats up to {FormatVersion}. A newer edgealarm wrote it: run that one, or give this one another data folder.");
        }

        if (version < FormatVersionMin)
        {
            older = $"an older edgealarm wrote it: it has format {version}, this build reads formats from {FormatVersionMin} on";
            return null;
        }

        var payload = new RecordPayload(bytes[(Magic.Length + 12)..^CrcLength]);
        var snapshot = new Snapshot(
            position,
            payload.Guid(),
            payload.Int64(),
            payload.Text(),
            payload.Text(),
            new(payload.Int64()),
            new(payload.Int64()),
            payload.Take(payload.Count()).ToArray(),
            payload.Take(payload.Count()).ToArray(),
            payload.Take(payload.Count()).ToArray(),
            version == FormatVersionMin ? default : payload.Take(payload.Count()).ToArray());
        if (AlarmEngine.IsOlderSnapshot(snapshot.Engine.Span))
        {
            older = $"an older edgealarm, {snapshot.EngineVersion}, wrote it, whose engine kept its state in another form";
            return null;
        }

        return snapshot;
    }
}
