using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Gateway.Tests.Alarming;
using EdgeAlarm.TestServers.Disk;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.Gateway.Tests.Recorder;

public class JournalRecoveryTests
{
    [Fact]
    [Trait("Field", "F-47")]
    public async Task Journal_cut_at_any_byte_opens_with_the_same_epoch_its_prefix_and_a_dense_sequence()
    {
        await using var plant = await SmallRecordingAsync();
        var (path, bytes) = TheSegment(plant);
        var before = plant.Recorded();
        for (var length = SegmentHeader.Length; length < bytes.Length; length += length < bytes.Length - 400 ? 13 : 1)
        {
            foreach (var snapshot in Directory.GetFiles(plant.Data.Snapshots))
            {
                File.Delete(snapshot);
            }

            await File.WriteAllBytesAsync(path, bytes.AsMemory(0, length), TestContext.Current.CancellationToken);
            plant.Open();
            plant.Turn();
            await plant.Pump.DisposeAsync();

            var after = plant.Recorded();
            Assert.Equal(Enumerable.Range(1, after.Count).Select(seq => (long)seq), after.Select(message => message.Seq));
            // what stood under a commit stands unchanged; only a cut into the very first turn begins another epoch
            var kept = after.TakeWhile((message, i) => i < before.Count && message.Epoch == before[i].Epoch && message.Kind == before[i].Kind).Count();
            Assert.True(kept >= EventsUnderCommit(bytes.AsSpan(0, length)), $"cut at {length}: {kept} events kept");
            Assert.True(Replay.Run(plant.Folder).IsIdentical, $"cut at {length}");
            Assert.Empty(Directory.GetFiles(plant.Data.Quarantine));
        }
    }

    [Fact]
    [Trait("Field", "F-47")]
    public async Task Flipped_bit_before_a_valid_commit_sets_the_file_aside_and_begins_an_epoch_that_names_the_reason()
    {
        await using var plant = await SmallRecordingAsync();
        var (path, bytes) = TheSegment(plant);
        var epoch = plant.Recorded()[0].Epoch;
        for (var offset = SegmentHeader.Length; offset < bytes.Length - 60; offset += 97)
        {
            foreach (var file in Directory.GetFiles(plant.Folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("configurations", StringComparison.Ordinal)))
            {
                File.Delete(file);
            }

            var damaged = bytes.ToArray();
            damaged[offset] ^= 0x10;
            await File.WriteAllBytesAsync(path, damaged, TestContext.Current.CancellationToken);
            plant.Open();
            plant.Turn();
            var started = plant.Pump.Reader.ReadRecords().Select(record => record.Input).OfType<EpochStarted>().First();
            await plant.Pump.DisposeAsync();

            Assert.NotEqual(epoch, started.Epoch);
            Assert.Contains("damaged", started.Reason, StringComparison.Ordinal);
            Assert.Single(Directory.GetFiles(plant.Data.Quarantine));
            // a second start finds a whole journal
            plant.Open();
            plant.Turn();
            Assert.Equal(started.Epoch, plant.Pump.State.Epoch);
            Assert.True(Replay.Run(plant.Folder).IsIdentical);
            await plant.Pump.DisposeAsync();
        }
    }

    [Fact]
    public async Task Alarm_that_stood_before_the_damage_still_stands_after_it()
    {
        await using var plant = await SmallRecordingAsync();
        var (path, bytes) = TheSegment(plant);
        // the last byte before the last two commits' turns
        bytes[^120] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        plant.Open();
        plant.Turn();

        Assert.Equal(LifecycleState.Unacknowledged, plant.Pump.State.Alarms[0].State.Lifecycle);
    }

    [Fact]
    public async Task Damage_behind_whole_segments_keeps_their_events_and_the_run_after_it_replays()
    {
        await using var plant = new PumpFixture { Journal = new() { SegmentSizeMax = 2000, PacksSealed = false } };
        plant.Open();
        await plant.ConnectAsync();
        for (var i = 0; i < 40; i++)
        {
            await plant.SendAsync(0, i % 2 == 0 ? 95 : 50);
            plant.Turn(TimeSpan.FromMilliseconds(100));
        }

        var epoch = plant.Pump.State.Epoch;
        var before = plant.Pump.Reader.ReadEvents(epoch, 1).Count();
        await plant.Pump.DisposeAsync();
        var path = Directory.GetFiles(plant.Data.Journal).Order(StringComparer.Ordinal).ElementAt(2);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[SegmentHeader.Length + 300] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        plant.Open();
        plant.Turn(TimeSpan.FromSeconds(1));

        Assert.NotEqual(epoch, plant.Pump.State.Epoch);
        // only the damaged turn's events are lost; all others can still be sent
        Assert.InRange(plant.Pump.Reader.ReadEvents(epoch, 1).Count(), before - 3, before - 1);
        var replay = Replay.Run(plant.Folder);
        Assert.True(replay.IsIdentical && replay.From > 0 && replay.Events > 0, replay.ToString());
    }

    [Fact]
    public async Task Journal_that_is_gone_begins_an_epoch_with_the_states_of_the_last_snapshot()
    {
        await using var plant = await SmallRecordingAsync();
        var before = plant.Recorded()[0].Epoch;
        File.Delete(TheSegment(plant).Path);
        plant.Open();
        plant.Turn();

        Assert.NotEqual(before, plant.Pump.State.Epoch);
        Assert.Equal(LifecycleState.Unacknowledged, plant.Pump.State.Alarms[0].State.Lifecycle);
    }

    [Fact]
    public async Task Start_after_a_break_that_ends_before_its_new_epoch_is_durable_leaves_the_epoch_to_the_next_start()
    {
        await using var plant = await SmallRecordingAsync();
        var before = plant.Recorded()[0].Epoch;
        File.Delete(TheSegment(plant).Path);
        // the power goes before the first flush: of the new segment there is the header alone
        plant.Open();
        await plant.Pump.DisposeAsync();
        var (path, bytes) = TheSegment(plant);
        await File.WriteAllBytesAsync(path, bytes.AsMemory(0, SegmentHeader.Length), TestContext.Current.CancellationToken);
        plant.Open();
        plant.Turn();

        Assert.NotEqual(before, plant.Pump.State.Epoch);
        Assert.Equal(LifecycleState.Unacknowledged, plant.Pump.State.Alarms[0].State.Lifecycle);
    }

    [Fact]
    public async Task Start_that_ends_before_the_damaged_files_are_set_aside_does_not_hide_the_damage_from_the_next()
    {
        await using var plant = new PumpFixture { Journal = new() { SegmentSizeMax = 2000, PacksSealed = false } };
        plant.Open();
        await plant.ConnectAsync();
        for (var i = 0; i < 40; i++)
        {
            await plant.SendAsync(0, i % 2 == 0 ? 95 : 50);
            plant.Turn(TimeSpan.FromMilliseconds(100));
        }

        var epoch = plant.Pump.State.Epoch;
        await plant.Pump.DisposeAsync();
        var path = Directory.GetFiles(plant.Data.Journal).Order(StringComparer.Ordinal).ElementAt(2);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[SegmentHeader.Length + 300] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        // a folder in the place of the file that is to go there: setting aside fails once
        var obstacle = Directory.CreateDirectory(Path.Combine(plant.Data.Quarantine, Path.GetFileName(path)));
        Assert.ThrowsAny<Exception>(plant.Open);
        obstacle.Delete();
        plant.Open();
        plant.Turn(TimeSpan.FromSeconds(1));

        Assert.NotEqual(epoch, plant.Pump.State.Epoch);
    }

    [Fact]
    public async Task Damaged_snapshots_cost_nothing()
    {
        await using var plant = await SmallRecordingAsync();
        var snapshots = Directory.GetFiles(plant.Data.Snapshots);
        Assert.NotEmpty(snapshots);
        foreach (var snapshot in snapshots)
        {
            var bytes = await File.ReadAllBytesAsync(snapshot, TestContext.Current.CancellationToken);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(snapshot, bytes, TestContext.Current.CancellationToken);
        }

        plant.Open();
        plant.Turn();
        Assert.Equal(LifecycleState.Unacknowledged, plant.Pump.State.Alarms[0].State.Lifecycle);
        Assert.Single(plant.Recorded(), message => message.Kind == "EpochStarted");
    }

    // an upgrade that raises a format starts all the same
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Snapshots_of_an_older_format_are_left_aside_and_the_recording_gives_the_state(bool isOfEngine)
    {
        await using var plant = await SmallRecordingAsync();
        MakeSnapshotsOlder(plant, isOfEngine);

        plant.Open();
        plant.Turn();

        Assert.Equal(LifecycleState.Unacknowledged, plant.Pump.State.Alarms[0].State.Lifecycle);
        Assert.Single(plant.Recorded(), message => message.Kind == "EpochStarted");
        await plant.Pump.DisposeAsync();
        Assert.True(Replay.Run(plant.Folder).IsIdentical);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Snapshots_of_an_older_format_without_the_begin_of_the_journal_begin_an_epoch_that_tells_it(bool isOfEngine)
    {
        await using var plant = new PumpFixture
        {
            Journal = new() { SegmentSizeMax = 2000, PacksSealed = false },
            Recorder = new(TimeSpan.FromDays(7), 8000),
            SnapshotInterval = TimeSpan.FromSeconds(5),
        };
        plant.Open();
        await plant.ConnectAsync();
        for (var i = 0; i < 200; i++)
        {
            await plant.SendAsync(0, i % 10 == 0 ? 95 : 50);
            plant.Turn(TimeSpan.FromSeconds(1));
        }

        Assert.NotEqual(0, plant.Pump.Reader.FirstPosition);
        var epoch = plant.Pump.State.Epoch;
        await plant.Pump.DisposeAsync();
        MakeSnapshotsOlder(plant, isOfEngine);

        plant.Open();
        plant.Turn();

        Assert.NotEqual(epoch, plant.Pump.State.Epoch);
        var started = new JournalReader(plant.Data).ReadRecords().Select(record => record.Input).OfType<EpochStarted>().Last();
        Assert.Equal(epoch, started.Previous);
        Assert.Contains("the beginning of the journal is gone", started.Reason, StringComparison.Ordinal);
        await plant.ConnectAsync();
        await plant.SendAsync(0, 95);
        plant.Turn(TimeSpan.FromSeconds(1));
        Assert.Equal(LifecycleState.Unacknowledged, plant.Pump.State.Alarms[0].State.Lifecycle);
        Assert.Empty(Directory.GetFiles(plant.Data.Quarantine));
    }

    [Fact]
    public async Task Second_gateway_on_the_folder_is_refused_by_name_and_process()
    {
        await using var plant = PumpFixture.Started();
        var refusal = Assert.Throws<DataFolderUnusable>(plant.Open);
        Assert.Contains(plant.Folder, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_that_cannot_be_written_to_is_refused_by_name()
    {
        // a file where the folder should be: refused for root as well
        var file = Path.GetTempFileName();
        try
        {
            var refusal = Assert.Throws<DataFolderUnusable>(() => EnginePump.Open(
                new() { DataFolder = Path.Combine(file, "data"), Configuration = NormalisedConfiguration.Create("plant1", "gw1", PumpFixture.Alarms) },
                TimeProvider.System,
                NullLogger<EnginePump>.Instance));
            Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
            Assert.Contains("gateway.json", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Segments_of_a_newer_build_are_refused_by_name()
    {
        await using var plant = await SmallRecordingAsync();
        var (path, bytes) = TheSegment(plant);
        await File.WriteAllBytesAsync(path, OfFormat(bytes, 3), TestContext.Current.CancellationToken);

        var refusal = Assert.Throws<DataFolderUnusable>(plant.Open);
        Assert.Contains("format 3", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segment_of_the_format_before_goes_on_in_its_epoch_and_one_of_the_present_format_follows_it()
    {
        await using var plant = await SmallRecordingAsync();
        var (path, bytes) = TheSegment(plant);
        var epoch = plant.Recorded()[0].Epoch;
        await File.WriteAllBytesAsync(path, OfFormat(bytes, 1), TestContext.Current.CancellationToken);
        plant.Open();
        plant.Turn();
        plant.Turn(TimeSpan.FromSeconds(1));

        Assert.Equal(epoch, plant.Pump.State.Epoch);
        Assert.Equal([1u, 2u], new JournalReader(plant.Data).Segments().Select(segment => segment.Version));
        Assert.True(Replay.Run(plant.Folder).IsIdentical);
    }

    // seed 1051 of the power cuts: the newest snapshot stands at the end of a whole segment, and of the next one not even the header is whole
    [Fact]
    [Trait("Field", "F-47")]
    public async Task Segment_that_was_begun_at_the_newest_snapshot_and_is_torn_leaves_the_journal_before_it_whole()
    {
        await using var plant = await SmallRecordingAsync();
        var (path, bytes) = TheSegment(plant);
        var epoch = plant.Recorded()[0].Epoch;
        var newest = Directory.GetFiles(plant.Data.Snapshots).Max(StringComparer.Ordinal)!;
        var position = long.Parse(Path.GetFileNameWithoutExtension(newest), System.Globalization.CultureInfo.InvariantCulture);
        await File.WriteAllBytesAsync(path, bytes.AsMemory(0, (int)position + SegmentHeader.Length), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(SegmentFile.PathOf(plant.Data.Journal, position, SegmentFile.JournalExtension), bytes[..50], TestContext.Current.CancellationToken);
        plant.Open();
        plant.Turn();

        Assert.Equal(epoch, plant.Pump.State.Epoch);
        Assert.True(Replay.Run(plant.Folder).IsIdentical);
    }

    // many turns under one flush, of which the first is not what was written while the later ones are
    [Theory]
    [Trait("Field", "F-47")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bad_bytes_before_valid_commits_are_a_torn_flush_unless_the_mark_of_a_later_one_proves_them_damaged(bool isTorn)
    {
        using var arrived = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim(initialState: true);
        var disk = new SimulatedDisk
        {
            Fault = (step, _) =>
            {
                if (step == DiskStep.Write && !goOn.IsSet)
                {
                    arrived.Set();
                    goOn.Wait(TestContext.Current.CancellationToken);
                }

                return null;
            },
        };
        await using var plant = new PumpFixture { Disk = disk };
        plant.Open();
        await plant.ConnectAsync();
        plant.Turn(TimeSpan.FromSeconds(1));
        goOn.Reset();
        plant.Time.Advance(TimeSpan.FromSeconds(1));
        plant.Pump.TurnOnce(plant.Pump.Clock.Now);
        Assert.True(arrived.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "no flush began");
        var batch = plant.Pump.Recorder.Journal.EndPosition;
        for (var i = 0; i < 5; i++)
        {
            plant.Time.Advance(TimeSpan.FromSeconds(1));
            await plant.SendAsync(0, i % 2 == 0 ? 95 : 50);
            plant.Pump.TurnOnce(plant.Pump.Clock.Now);
        }

        goOn.Set();
        plant.Pump.FlushAndDeliver();
        var (epoch, end) = (plant.Pump.State.Epoch, plant.Pump.Recorder.Journal.EndPosition);
        await plant.Pump.DisposeAsync();
        var (path, bytes) = TheSegment(plant);
        bytes[SegmentHeader.Length + batch + 40] ^= 1;
        // an end in order writes a mark of its own
        await File.WriteAllBytesAsync(path, bytes.AsMemory(0, (int)(isTorn ? SegmentHeader.Length + end : bytes.Length)), TestContext.Current.CancellationToken);
        plant.Disk = UnflushedDisk.Instance;
        plant.Open();
        plant.Turn();

        Assert.Equal(isTorn, plant.Pump.State.Epoch == epoch);
        Assert.Equal(isTorn ? 0 : 1, Directory.GetFiles(plant.Data.Quarantine).Length);
        Assert.True(Replay.Run(plant.Folder).IsIdentical);
    }

    [Fact]
    [Trait("Field", "F-54")]
    public async Task Segments_go_by_size_and_their_events_stay_readable_and_the_rest_replays()
    {
        await using var plant = new PumpFixture
        {
            Journal = new() { SegmentSizeMax = 2000, PacksSealed = false },
            Recorder = new(TimeSpan.FromDays(7), 8000),
            SnapshotInterval = TimeSpan.FromSeconds(5),
        };
        plant.Open();
        await plant.ConnectAsync();
        for (var i = 0; i < 200; i++)
        {
            await plant.SendAsync(0, i % 10 == 0 ? 95 : 50);
            plant.Turn(TimeSpan.FromSeconds(1));
        }

        var events = plant.Recorded();
        var epoch = plant.Pump.State.Epoch;
        var all = plant.Pump.Reader.ReadEvents(epoch, 1).Select(stored => stored.Seq).ToList();
        Assert.NotEqual(0, plant.Pump.Reader.FirstPosition);
        Assert.Equal(Enumerable.Range(1, (int)plant.Pump.State.LastSeq).Select(seq => (long)seq), all);
        Assert.Equal(all.Skip(49), plant.Pump.Reader.ReadEvents(epoch, 50).Select(stored => stored.Seq));
        var replay = Replay.Run(plant.Folder);
        Assert.True(replay.IsIdentical && replay.From > 0 && replay.Events > 0, replay.ToString());
    }

    private static async Task<PumpFixture> SmallRecordingAsync()
    {
        var plant = PumpFixture.Started();
        plant.SnapshotInterval = TimeSpan.FromSeconds(1);
        plant.Turn();
        await plant.ConnectAsync();
        await plant.SendAsync(0, 95);
        plant.Turn(TimeSpan.FromSeconds(21));
        await plant.SendAsync(1, 95);
        plant.Turn(TimeSpan.FromSeconds(1));
        plant.Turn(TimeSpan.FromSeconds(1));
        plant.Turn(TimeSpan.FromSeconds(1));
        await plant.Pump.DisposeAsync();
        return plant;
    }

    private static void MakeSnapshotsOlder(PumpFixture plant, bool isOfEngine)
    {
        var snapshots = Directory.GetFiles(plant.Data.Snapshots);
        Assert.NotEmpty(snapshots);
        foreach (var snapshot in snapshots)
        {
            const int Version = 8, Position = 12;
            var bytes = File.ReadAllBytes(snapshot);
            BitConverter.TryWriteBytes(bytes.AsSpan(isOfEngine ? Version + bytes.AsSpan(Version).IndexOf("EASN"u8) + 4 : Version), 1);
            BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), RecordFrame.Crc(BitConverter.ToInt64(bytes, Position), bytes.AsSpan(..^4)));
            File.WriteAllBytes(snapshot, bytes);
        }
    }

    private static (string Path, byte[] Bytes) TheSegment(PumpFixture plant)
    {
        var path = Directory.GetFiles(plant.Data.Journal).Single();
        return (path, File.ReadAllBytes(path));
    }

    private static byte[] OfFormat(byte[] segment, byte version)
    {
        segment[8] = version;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(segment.AsSpan(124), RecordFrame.Crc(0, segment.AsSpan(0, 124)));
        return segment;
    }

    // read by hand: length, type, payload, CRC
    private static int EventsUnderCommit(ReadOnlySpan<byte> file)
    {
        var (offset, events, committed) = (SegmentHeader.Length, 0, 0);
        while (offset + 9 <= file.Length && offset + 9 + BitConverter.ToInt32(file[offset..]) <= file.Length)
        {
            events += file[offset + 4] == 64 ? 1 : 0;
            committed = file[offset + 4] == 65 ? events : committed;
            offset += 9 + BitConverter.ToInt32(file[offset..]);
        }

        return committed;
    }
}
