using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Appends whole records to a buffer.</summary>
internal static class RecordWriter
{
    public static void Write(JournalBuffer buffer, long position, Input input)
    {
        var start = RecordFrame.Begin(buffer, InputCodec.Type(input));
        InputCodec.Write(buffer, input);
        if (input is NotificationReceived)
        {
            SampleCodec.Write(buffer, input.At, []);
        }

        RecordFrame.End(buffer, start, position);
    }

    public static void Write(JournalBuffer buffer, long position, NotificationReceived message, ReadOnlySpan<Sample> samples)
    {
        var start = RecordFrame.Begin(buffer, RecordType.Notification);
        InputCodec.Write(buffer, message);
        SampleCodec.Write(buffer, message.At, samples);
        RecordFrame.End(buffer, start, position);
    }

    public static void Write(JournalBuffer buffer, long position, in StoredEvent stored)
    {
        var start = RecordFrame.Begin(buffer, RecordType.Event);
        buffer.Write(stored.Epoch);
        buffer.Write(stored.Seq);
        buffer.Write(stored.Payload.Span);
        RecordFrame.End(buffer, start, position);
    }

    public static void WriteFlushMark(JournalBuffer buffer, long position) => RecordFrame.End(buffer, RecordFrame.Begin(buffer, RecordType.FlushMark), position);

    public static void Write(JournalBuffer buffer, long position, Commit commit)
    {
        var start = RecordFrame.Begin(buffer, RecordType.Commit);
        commit.Write(buffer);
        RecordFrame.End(buffer, start, position);
    }
}
