using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>One record of the journal, decoded. Which of the members holds it is said by the type.</summary>
/// <param name="Position">Where it begins: bytes of records since the journal began, over all segments.</param>
/// <param name="End">Where it ends; the position of the next one.</param>
/// <param name="Type">Its type.</param>
/// <param name="Input">The input; null for events, commits and marks.</param>
/// <param name="Samples">The samples of a notification. The fold of sample i counts as an input of its own at position <paramref name="Position"/> + 1 + i.</param>
/// <param name="Event">The event, of an event.</param>
/// <param name="Commit">The commit, of a commit.</param>
public readonly record struct JournalRecord(
    long Position, long End, RecordType Type, Input? Input, ReadOnlyMemory<Sample> Samples, StoredEvent Event, Commit Commit)
{
    /// <summary>Decodes an unhurt record.</summary>
    /// <exception cref="InvalidDataException">The record is of a form that this build does not know.</exception>
    internal static JournalRecord Decode(long position, ReadOnlySpan<byte> record)
    {
        var type = RecordFrame.Type(record);
        var bytes = RecordFrame.Payload(record);
        var end = position + record.Length;
        switch (type)
        {
            case RecordType.Event:
                return new(position, end, type, null, default, DecodeEvent(bytes), default);
            case RecordType.Commit:
                return new(position, end, type, null, default, default, Commit.Read(bytes));
            case RecordType.FlushMark:
                return new(position, end, type, null, default, default, default);
            case RecordType.Notification:
                var payload = new RecordPayload(bytes);
                var message = InputCodec.Read(type, ref payload);
                return new(position, end, type, message, SampleCodec.Read(ref payload, message.At), default, default);
            default:
                var other = new RecordPayload(bytes);
                return new(position, end, type, InputCodec.Read(type, ref other), default, default, default);
        }
    }

    /// <summary>Decodes what a buffer holds, record by record.</summary>
    /// <param name="records">Whole records and nothing else.</param>
    /// <param name="position">Position of the first.</param>
    internal static IEnumerable<JournalRecord> DecodeAll(JournalBuffer records, long position)
    {
        for (var offset = 0; offset < records.Length;)
        {
            var record = At(records, offset, position + offset);
            offset += (int)(record.End - record.Position);
            yield return record;
        }
    }

    internal static StoredEvent DecodeEvent(ReadOnlySpan<byte> bytes)
    {
        var payload = new RecordPayload(bytes);
        return new(payload.Guid(), payload.Int64(), payload.Rest().ToArray());
    }

    private static JournalRecord At(JournalBuffer records, int offset, long position) => RecordFrame.TryRead(records.Written[offset..], position, out var length)
        ? Decode(position, records.Written.Slice(offset, length))
        : throw new InvariantViolation($"The record in memory at position {position} is not whole.");
}
