using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>The end of a turn. Everything before it is a fact once it is flushed.</summary>
/// <param name="At">Plant time of the turn.</param>
/// <param name="WallClock">The gateway's wall clock at the turn; with <paramref name="At"/> it carries plant time across a restart.</param>
/// <param name="NextSeq">Seq of the event that comes next.</param>
public readonly record struct Commit(PlantTime At, UtcTime WallClock, long NextSeq)
{
    /// <summary>Length of its payload.</summary>
    internal const int PayloadLength = 24;

    internal void Write(JournalBuffer buffer)
    {
        buffer.Write(At.Ticks);
        buffer.Write(WallClock.Ticks);
        buffer.Write(NextSeq);
    }

    internal static Commit Read(ReadOnlySpan<byte> payload)
    {
        var reader = new RecordPayload(payload);
        return new(new(reader.Int64()), new(reader.Int64()), reader.Int64());
    }
}
