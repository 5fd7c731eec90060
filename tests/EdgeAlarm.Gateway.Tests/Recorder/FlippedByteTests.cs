using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Gateway.Tests.Alarming;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Tests.Recorder;

/// <summary>
/// One byte of a file is not what was written: it is found and set aside, rebuilt, or refused by name; it costs one turn its events at most, and no state. The last turn of the
/// journal is left out: there, a changed byte cannot be told from a write that the power tore, before anybody heard of it.
/// </summary>
public class FlippedByteTests
{
    private const int EventsOfOneTurn = 8;
    private const int LastTurns = 400;
    private const int LastSegmentMin = 1500;

    [Theory]
    [InlineData("journal", 0, false)]
    [InlineData("journal", 1, false)]
    [InlineData("journal", -1, false)]
    [InlineData("events", 0, false)]
    [InlineData("events", -1, false)]
    [InlineData("snapshots", 0, true)]
    [InlineData("snapshots", -1, true)]
    [InlineData("configurations", 0, true)]
    public async Task Flipped_byte_is_found_and_costs_one_turn_its_events_at_most(string folder, int index, bool costsNothing)
    {
        await using var plant = await RecordedAsync();
        var files = Directory.GetFiles(Path.Combine(plant.Folder, folder)).Order(StringComparer.Ordinal).ToList();
        var path = files[index < 0 ? ^1 : index];
        var original = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var before = Events(plant);
        var states = plant.Pump.State.Alarms.Select(alarm => alarm.State.Lifecycle).ToList();
        await plant.Pump.DisposeAsync();
        var saved = new SavedFolder(plant.Folder);
        var end = folder == "journal" && index < 0 ? original.Length - LastTurns : original.Length;
        Assert.True(end > SegmentHeader.Length, $"{path} has only {original.Length} bytes");
        foreach (var offset in Offsets(original, end))
        {
            saved.Restore();
            var damaged = original.ToArray();
            damaged[offset] ^= 0x10;
            await File.WriteAllBytesAsync(path, damaged, TestContext.Current.CancellationToken);
            plant.Open();
            plant.Turn(TimeSpan.FromSeconds(1));

            var words = $"{Path.GetFileName(path)}, byte {offset} of {original.Length}";
            var after = Events(plant);
            var lost = before.Keys.Where(key => !after.ContainsKey(key)).ToList();
            Assert.True(lost.Count <= (costsNothing ? 0 : EventsOfOneTurn), $"{words}: {lost.Count} events are gone");
            Assert.All(before.Where(each => after.ContainsKey(each.Key)), each => Assert.True(each.Value.AsSpan().SequenceEqual(after[each.Key]), $"{words}: {each.Key} is another event"));
            AssertStates(plant, costsNothing ? states : null, words);
            var epoch = plant.Pump.State.Epoch;
            await plant.RestartAsync(TimeSpan.FromSeconds(1));
            plant.Turn(TimeSpan.FromSeconds(1));
            Assert.True(epoch == plant.Pump.State.Epoch, $"{words}: the second start begins an epoch again");
            await plant.Pump.DisposeAsync();
            AssertReplay(plant.Folder, words);
        }
    }

    [Fact]
    public async Task Damaged_segment_that_is_due_to_go_is_set_aside_and_keeps_none_of_those_behind_it()
    {
        await using var plant = await RecordedAsync();
        await plant.Pump.DisposeAsync();
        var path = Directory.GetFiles(plant.Data.Journal).Order(StringComparer.Ordinal).First();
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[SegmentHeader.Length + 300] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        plant.Open();
        await plant.ConnectAsync();
        await PlayAsync(plant, 60);

        Assert.Contains(Path.GetFileName(path), Directory.GetFiles(plant.Data.Quarantine).Select(Path.GetFileName));
        Assert.InRange(Directory.GetFiles(plant.Data.Journal).Length, 2, 8);
    }

    // headers and frames byte by byte where the first record and the end are, the rest in steps
    private static IEnumerable<int> Offsets(byte[] file, int end) =>
        Enumerable.Range(0, end).Where(offset => offset % (end / 7) == 0 || (offset < SegmentHeader.Length + 14 && offset % 19 == 0) || (offset > end - 30 && offset % 9 == 0) || offset == file.Length - 1);

    private static async Task<PumpFixture> RecordedAsync()
    {
        var plant = new PumpFixture
        {
            Journal = new() { SegmentSizeMax = 2000, PacksSealed = false },
            Recorder = new RecorderSettings(TimeSpan.FromDays(7), 8000),
            SnapshotInterval = TimeSpan.FromSeconds(5),
        };
        plant.Open();
        await plant.ConnectAsync();
        await PlayAsync(plant, 120);
        // the last segment has turns that may be damaged, and events of each alarm behind the others
        while (new FileInfo(Directory.GetFiles(plant.Data.Journal).Max(StringComparer.Ordinal)!).Length < LastSegmentMin)
        {
            await PlayAsync(plant, 4);
        }

        return plant;
    }

    private static async Task PlayAsync(PumpFixture plant, int turns)
    {
        for (var i = 0; i < turns; i++)
        {
            await plant.SendAsync(0, i % 4 == 0 ? 95 : 50);
            plant.Turn(TimeSpan.FromSeconds(1));
        }
    }

    private static Dictionary<(Guid Epoch, long Seq), byte[]> Events(PumpFixture plant)
    {
        var reader = new JournalReader(plant.Data);
        return reader.Epochs().SelectMany(range => reader.ReadEvents(range.Epoch, 1)).ToDictionary(stored => (stored.Epoch, stored.Seq), stored => stored.Payload.ToArray());
    }

    // whatever an alarm is, somebody was told
    private static void AssertStates(PumpFixture plant, List<LifecycleState>? expected, string words)
    {
        var told = Events(plant).Values.Select(bytes => EventJson.Parse(bytes)).Where(message => message.Epoch == plant.Pump.State.Epoch && message.Alarm is not null)
            .GroupBy(message => message.Alarm!).ToDictionary(each => each.Key, each => each.MaxBy(message => message.Seq)!.State);
        Assert.All(plant.Pump.State.Alarms, alarm => Assert.True(!told.TryGetValue(alarm.Definition.Id, out var state) || state == alarm.State.Lifecycle.ToString(), $"{words}: {alarm.Definition.Id} is {alarm.State.Lifecycle}"));
        Assert.Equal(expected ?? plant.Pump.State.Alarms.Select(alarm => alarm.State.Lifecycle), plant.Pump.State.Alarms.Select(alarm => alarm.State.Lifecycle));
    }

    private static void AssertReplay(string folder, string words)
    {
        try
        {
            Assert.True(Replay.Run(folder).IsIdentical, words);
        }
        catch (JournalDamage damage)
        {
            // an old segment is read by nobody at a start: whoever reads it is told where the damage is
            Assert.StartsWith(folder, damage.File, StringComparison.Ordinal);
        }
    }

    private sealed class SavedFolder
    {
        private readonly string _folder;
        private readonly Dictionary<string, byte[]> _files;

        public SavedFolder(string folder)
        {
            _folder = folder;
            _files = Files().Where(path => !Path.GetFileName(path).StartsWith("lock", StringComparison.Ordinal)).ToDictionary(path => path, File.ReadAllBytes);
        }

        public void Restore()
        {
            foreach (var path in Files())
            {
                File.Delete(path);
            }

            foreach (var (path, bytes) in _files)
            {
                File.WriteAllBytes(path, bytes);
            }
        }

        private string[] Files() => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);
    }
}
