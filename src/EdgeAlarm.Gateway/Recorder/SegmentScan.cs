using System.Buffers.Binary;
using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>What a start finds in one segment file.</summary>
/// <param name="File">The file.</param>
/// <param name="Header">Its header; null where that is damaged.</param>
/// <param name="IsSealed">Whether a footer stands behind its records, or it is packed: nothing is written to it any more.</param>
/// <param name="End">Behind the last whole record.</param>
/// <param name="IsBroken">Whether bytes that are no record stand at the end.</param>
/// <param name="WasFlushed">Whether what stands behind those bytes proves that they had been flushed: damage, not a torn tail.</param>
/// <param name="LastCommit">The last commit before <paramref name="End"/>.</param>
/// <param name="LastCommitEnd">Behind that commit, and the mark that follows it at once; -1 if there is none.</param>
/// <param name="FirstEventBehind">The first event behind that commit; -1 if there is none.</param>
/// <param name="Epoch">Epoch of the last event; empty if there is none.</param>
/// <param name="LastSeq">Seq of the last event under a commit.</param>
/// <param name="Skipped">Positions of inputs that were left out.</param>
internal sealed record SegmentScan(
    SegmentFile File,
    SegmentHeader? Header,
    bool IsSealed,
    long End,
    bool IsBroken,
    bool WasFlushed,
    Commit LastCommit,
    long LastCommitEnd,
    long FirstEventBehind,
    Guid Epoch,
    long LastSeq,
    IReadOnlyList<long> Skipped)
{
    /// <summary>Reads every record of a file.</summary>
    public static SegmentScan Of(SegmentFile file)
    {
        using var reader = SegmentReader.OpenAnyway(file);
        var commit = default(Commit);
        long commitEnd = -1, firstEvent = -1, lastSeq = 0, turnSeq = 0;
        Guid epoch = Guid.Empty, turnEpoch = Guid.Empty;
        var skipped = new List<long>();
        SegmentRead read;
        var position = reader.Position;
        while ((read = reader.Read(out var record)) == SegmentRead.Record)
        {
            switch (RecordFrame.Type(record))
            {
                case RecordType.Commit:
                    commit = Commit.Read(RecordFrame.Payload(record));
                    commitEnd = reader.Position;
                    firstEvent = -1;
                    (epoch, lastSeq) = turnEpoch == Guid.Empty ? (epoch, lastSeq) : (turnEpoch, turnSeq);
                    break;
                case RecordType.FlushMark when position == commitEnd:
                    commitEnd = reader.Position;
                    break;
                case RecordType.Event:
                    var payload = new RecordPayload(RecordFrame.Payload(record));
                    turnEpoch = payload.Guid();
                    turnSeq = payload.Int64();
                    firstEvent = firstEvent < 0 ? position : firstEvent;
                    break;
                case RecordType.InputSkipped:
                    var skip = new RecordPayload(RecordFrame.Payload(record));
                    skipped.Add(((InputSkipped)InputCodec.Read(RecordType.InputSkipped, ref skip)).Position);
                    break;
                default:
                    break;
            }

            position = reader.Position;
        }

        var isBroken = read == SegmentRead.Broken;
        // behind a damaged header everything is
        var header = reader.IsMadeUp ? null : reader.Header;
        var wasFlushed = (header is null && commitEnd >= 0) || (isBroken && IsProofBehind(reader, reader.Offset + 1, header));
        return new(file, header, reader.IsPacked || reader.Footer() is not null, reader.Position, isBroken, wasFlushed, commit, commitEnd, firstEvent, epoch, lastSeq, skipped);
    }

    /// <summary>Offset of the first valid commit at or behind an offset; -1 if there is none. Commits have one length, so they are found again after any damage.</summary>
    public static long NextCommit(ReadOnlySpan<byte> file, long from, long firstPosition) => Next(file, from, firstPosition, RecordType.Commit, Commit.PayloadLength);

    // of one torn flush any part may be there, commits too, but nothing of a later one. Segments of before there were marks prove it by a commit, which may be wrong after a torn flush
    private static bool IsProofBehind(SegmentReader reader, long from, SegmentHeader? header)
    {
        if (reader.IsPacked)
        {
            return true;
        }

        var bytes = reader.ReadAll();
        return header is { Version: >= SegmentHeader.FlushMarkVersion }
            ? Next(bytes, from, reader.Header.FirstPosition, RecordType.FlushMark, 0) >= 0
            : NextCommit(bytes, from, reader.Header.FirstPosition) >= 0;
    }

    private static long Next(ReadOnlySpan<byte> file, long from, long firstPosition, RecordType type, int payloadLength)
    {
        for (var offset = from; offset <= file.Length - RecordFrame.Overhead - payloadLength; offset++)
        {
            var bytes = file[(int)offset..];
            if (bytes[4] == (byte)type
                && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == payloadLength
                && RecordFrame.TryRead(bytes, firstPosition + offset - SegmentHeader.Length, out _))
            {
                return offset;
            }
        }

        return -1;
    }
}
