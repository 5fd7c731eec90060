using System.Buffers.Binary;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Tests.Recorder;

public class SnapshotFormatTests
{
    // figures came to the snapshot later than all the rest: an upgrade must not cost the state for them
    [Fact]
    public void Snapshot_of_the_build_before_figures_is_read_and_has_none()
    {
        var engine = new System.Buffers.ArrayBufferWriter<byte>();
        new AlarmEngine(new([new("PLC1")], [new("LT101", 0, "%")], [])).WriteSnapshot(engine);
        var snapshot = new Snapshot(4711, Guid.Empty, 12, "ab", "1.0", new(5), new(6), new byte[] { 1 }, new byte[] { 2, 3 }, engine.WrittenMemory, default);

        // without the length of nought figures, and with the version of that build
        var now = snapshot.Encode().ToArray();
        var before = now[..^1];
        before[8] = 3;
        BinaryPrimitives.WriteUInt32LittleEndian(before.AsSpan(before.Length - 4), RecordFrame.Crc(4711, before.AsSpan(0, before.Length - 4)));

        foreach (var bytes in new[] { now, before })
        {
            var read = Snapshot.Decode("a.snapshot", bytes, out var older)!;
            Assert.Null(older);
            Assert.Equal((4711L, 12L, "ab"), (read.Position, read.NextSeq, read.ConfigurationHash));
            Assert.Equal(snapshot.Engine.ToArray(), read.Engine.ToArray());
            Assert.True(read.Kpis.IsEmpty);
        }
    }
}
