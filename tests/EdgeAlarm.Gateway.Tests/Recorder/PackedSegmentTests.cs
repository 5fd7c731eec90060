using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Gateway.Tests.Alarming;
using EdgeAlarm.TestServers.Disk;

namespace EdgeAlarm.Gateway.Tests.Recorder;

/// <summary>Sealed segments are packed: whoever reads them sees what was written, and a damaged byte costs one block.</summary>
public class PackedSegmentTests
{
    private const int BlockLength = PackedSegmentIndex.BlockLength;

    [Fact]
    public async Task Packed_recording_says_what_the_plain_one_did_in_a_fraction_of_the_space()
    {
        await using var plant = await RecordedAsync(packs: false);
        var (records, events, epochs, plain) = Read(plant);
        foreach (var file in SegmentFile.List(plant.Data.Journal, SegmentFile.JournalExtension).SkipLast(1))
        {
            Assert.True(SegmentPacking.Pack(plant.Data, file));
            Assert.False(SegmentPacking.Pack(plant.Data, file));
        }

        var packed = Read(plant);
        Assert.Equal(records, packed.Records);
        Assert.Equal(events, packed.Events);
        Assert.Equal(epochs, packed.Epochs);
        Assert.InRange(packed.Bytes, 1, plain / 2);
        Assert.True(Replay.Run(plant.Folder).IsIdentical);
        // from the middle of a block
        var middle = new JournalReader(plant.Data).ReadRecords().ElementAt(1000).Position;
        Assert.Equal(middle, new JournalReader(plant.Data).ReadRecords(middle).First().Position);
        await plant.RestartAsync(TimeSpan.FromSeconds(1));
        plant.Turn();
        Assert.Single(plant.Pump.Reader.Epochs());
    }

    [Fact]
    public async Task Gateway_packs_what_it_has_sealed_and_lets_it_go_as_before()
    {
        await using var plant = await RecordedAsync(packs: true);
        var files = SegmentFile.List(plant.Data.Journal, SegmentFile.JournalExtension);
        Assert.Contains(files, IsPacked);
        Assert.False(IsPacked(files[^1]));
        Assert.Contains(SegmentFile.List(plant.Data.Events, SegmentFile.EventsExtension), IsPacked);
        var all = plant.Pump.Reader.ReadEvents(plant.Pump.State.Epoch, 1).Select(stored => stored.Seq);
        Assert.Equal(Enumerable.Range(1, (int)plant.Pump.State.LastSeq).Select(seq => (long)seq), all);
        Assert.True(Replay.Run(plant.Folder).IsIdentical);
        Assert.Empty(Directory.GetFiles(plant.Data.Journal, "*.aside"));
    }

    [Fact]
    [Trait("Field", "F-47")]
    public async Task Flipped_byte_of_a_packed_segment_costs_the_turns_of_one_block_and_is_found()
    {
        await using var plant = await RecordedAsync(packs: false);
        var file = SegmentFile.List(plant.Data.Journal, SegmentFile.JournalExtension)[0];
        await plant.Pump.DisposeAsync();
        var plain = await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken);
        Assert.True(plain.Length > 3 * BlockLength, $"{plain.Length} bytes are too few");
        Assert.True(SegmentPacking.Pack(plant.Data, file));
        var packed = await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken);
        foreach (var offset in Enumerable.Range(0, packed.Length).Where(offset => offset < 160 || offset > packed.Length - 60 || offset % 397 == 0))
        {
            var damaged = packed.ToArray();
            damaged[offset] ^= 0x10;
            await File.WriteAllBytesAsync(file.Path, damaged, TestContext.Current.CancellationToken);
            using var reader = SegmentReader.OpenAnyway(file);
            var read = reader.ReadAll();
            var wrong = Enumerable.Range(0, plain.Length).Where(i => i >= read.Length || read[i] != plain[i]).ToList();
            Assert.True(wrong.Count == 0 || wrong[^1] / BlockLength == wrong[0] / BlockLength, $"byte {offset} of {packed.Length}: bytes {wrong.FirstOrDefault()} to {wrong.LastOrDefault()} are gone");
            Assert.True(wrong.All(i => i >= read.Length || read[i] == 0), $"byte {offset}: bytes that were never written");
            // the header and the lengths at the end stand there twice; every byte of a block is under its checksum
            Assert.Equal(offset >= SegmentHeader.Length && offset < packed.Length - 20 - (4 * ((plain.Length + BlockLength - 1) / BlockLength)), wrong.Count > 0);
        }
    }

    [Fact]
    [Trait("Field", "F-47")]
    public async Task Power_that_goes_while_a_segment_is_packed_leaves_the_plain_one_or_the_packed_one()
    {
        for (var steps = 0; steps < 12; steps++)
        {
            var disk = new SimulatedDisk();
            await using var plant = await RecordedAsync(packs: false, disk, 40);
            var file = SegmentFile.List(plant.Data.Journal, SegmentFile.JournalExtension)[0];
            await plant.Pump.DisposeAsync();
            var before = Read(plant);
            disk.CutAfter(steps, new Random(steps));
            try
            {
                SegmentPacking.Pack(plant.Data with { Disk = disk }, file);
            }
            catch (IOException)
            {
                // the power went
            }

            disk.CutAndRestore();
            Assert.Equal(before.Records, Read(plant).Records);
            plant.Open();
        }
    }

    private static bool IsPacked(SegmentFile file)
    {
        using var reader = SegmentReader.OpenAnyway(file);
        return reader.IsPacked;
    }

    private static (List<(long, RecordType)> Records, List<long> Events, List<EventRange> Epochs, long Bytes) Read(PumpFixture plant)
    {
        var reader = new JournalReader(plant.Data);
        var epochs = reader.Epochs().ToList();
        return (
            [.. reader.ReadRecords().Select(record => (record.Position, record.Type))],
            [.. reader.ReadEvents(epochs[0].Epoch, 1).Select(stored => stored.Seq)],
            epochs,
            SegmentFile.List(plant.Data.Journal, SegmentFile.JournalExtension).SkipLast(1).Sum(file => new FileInfo(file.Path).Length));
    }

    private static async Task<PumpFixture> RecordedAsync(bool packs, IDisk? disk = null, int turns = 2500)
    {
        var plant = new PumpFixture
        {
            Disk = disk ?? UnflushedDisk.Instance,
            Journal = new() { SegmentSizeMax = turns < 1000 ? 4000 : packs ? 20_000 : 220_000, PacksSealed = packs },
            Recorder = new(TimeSpan.FromDays(7), packs ? 60_000 : long.MaxValue),
        };
        plant.Open();
        await plant.ConnectAsync();
        for (var i = 0; i < turns; i++)
        {
            await plant.SendAsync(0, i % 10 == 0 ? 95 : 50);
            plant.Turn(TimeSpan.FromSeconds(1));
        }

        return plant;
    }
}
