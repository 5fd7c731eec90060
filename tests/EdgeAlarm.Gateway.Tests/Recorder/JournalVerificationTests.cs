using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Gateway.Tests.Alarming;

namespace EdgeAlarm.Gateway.Tests.Recorder;

public class JournalVerificationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whole_recording_is_sound_beside_its_gateway_and_after_it(bool packs)
    {
        await using var plant = await RecordedAsync(packs);
        var beside = JournalVerification.Run(plant.Folder);
        Assert.True(beside.IsSound, string.Join("; ", beside.Findings));
        var present = Assert.Single(beside.Events);
        Assert.Equal(new(plant.Pump.State.Epoch, 1, plant.Pump.State.LastSeq), present);
        Assert.True(beside is { Segments: > 1, EventSegments: > 1, Snapshots: > 1, Configurations: 1, Records: > 300 }, beside.ToString());
        Assert.Equal(packs, beside.Packed > 1);
        await plant.RestartAsync(TimeSpan.FromSeconds(1));
        Assert.True(JournalVerification.Run(plant.Folder) is { IsSound: true, Notes.Count: 0 });
    }

    [Theory]
    [InlineData("journal", 0)]
    [InlineData("journal", 1)]
    [InlineData("events", 0)]
    [InlineData("snapshots", 0)]
    [InlineData("configurations", 0)]
    public async Task Flipped_byte_anywhere_is_found_and_its_file_is_named(string folder, int index)
    {
        foreach (var packs in (bool[])[false, true])
        {
            await using var plant = await RecordedAsync(packs);
            await plant.Pump.DisposeAsync();
            var path = Directory.GetFiles(Path.Combine(plant.Folder, folder)).Order(StringComparer.Ordinal).ElementAt(index);
            var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            foreach (var offset in Enumerable.Range(0, bytes.Length).Where(offset => offset > bytes.Length - 40 || offset % ((bytes.Length / 50) + 1) == 0))
            {
                var damaged = bytes.ToArray();
                damaged[offset] ^= 0x10;
                await File.WriteAllBytesAsync(path, damaged, TestContext.Current.CancellationToken);
                var result = JournalVerification.Run(plant.Folder);
                Assert.True(result.Findings.Any(finding => finding.File == path), $"{path}, byte {offset} of {bytes.Length} is not found: {string.Join("; ", result.Findings)}");
            }
        }
    }

    [Fact]
    public async Task Missing_event_segment_is_noticed_by_the_events_that_are_missed()
    {
        await using var plant = await RecordedAsync(packs: false);
        await plant.Pump.DisposeAsync();
        File.Delete(SegmentFile.List(plant.Data.Events, SegmentFile.EventsExtension)[1].Path);
        var missing = Assert.Single(JournalVerification.Run(plant.Folder).Findings);
        Assert.Contains("are missing", missing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Torn_tail_is_no_fault_of_the_recording()
    {
        await using var plant = await RecordedAsync(packs: false);
        var end = plant.Pump.Recorder.Journal.EndPosition;
        await plant.Pump.DisposeAsync();
        var last = SegmentFile.List(plant.Data.Journal, SegmentFile.JournalExtension)[^1];
        await using (var file = new FileStream(last.Path, FileMode.Open))
        {
            file.SetLength(end - last.FirstPosition + SegmentHeader.Length - 7);
        }

        var result = JournalVerification.Run(plant.Folder);
        Assert.True(result.IsSound, string.Join("; ", result.Findings));
        Assert.Contains("the next start cuts it off", Assert.Single(result.Notes).Text, StringComparison.Ordinal);
    }

    private static async Task<PumpFixture> RecordedAsync(bool packs)
    {
        var plant = new PumpFixture
        {
            Journal = new() { SegmentSizeMax = 4000, PacksSealed = packs },
            Recorder = new(TimeSpan.FromDays(7), packs ? 9_000 : 15_000),
            SnapshotInterval = TimeSpan.FromSeconds(5),
        };
        plant.Open();
        await plant.ConnectAsync();
        for (var i = 0; i < 250; i++)
        {
            await plant.SendAsync(0, i % 10 == 0 ? 95 : 50);
            plant.Turn(TimeSpan.FromSeconds(1));
        }

        return plant;
    }
}
