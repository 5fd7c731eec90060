using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Gateway.Tests.Alarming;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Tests.Recorder;

/// <summary>A disk that somebody else fills, step by step: what goes, in which order, and what is told of it.</summary>
public class SheddingTests
{
    private const long Reserve = 4000;

    private long _free = 100 * Reserve;

    [Fact]
    [Trait("Field", "F-54")]
    public async Task Disk_that_gets_full_is_told_long_before_and_samples_go_first_and_alarms_last()
    {
        await using var plant = await RecordedAsync();
        var epoch = plant.Pump.State.Epoch;
        var all = Seqs(plant, epoch);
        Assert.True(plant.Pump.State.Space is { IsReserveHeld: true, ShedBytes: 0 });
        Assert.Empty(plant.Pump.State.Conditions);

        // told, and nothing goes yet
        var segments = SegmentsOf(plant);
        Look(plant, 7 * Reserve);
        Assert.Equal([RecorderConditions.DiskFilling], Conditions(plant));
        Assert.Equal(segments[0], SegmentsOf(plant)[0]);

        // samples go, down to what a start needs; every event stays
        Look(plant, 3 * Reserve);
        Assert.Equal([RecorderConditions.DiskFilling, RecorderConditions.Shedding], Conditions(plant));
        Assert.NotEqual(segments[0], SegmentsOf(plant)[0]);
        Look(plant, 2 * Reserve);
        Look(plant, 2 * Reserve);
        Assert.InRange(SegmentsOf(plant).Length, 1, 4);
        Assert.Equal(all, Seqs(plant, epoch).Take(all.Count));
        Assert.True(plant.Pump.State.Space!.IsReserveHeld);

        // then what the centre has
        plant.Pump.Retain(epoch, all[all.Count / 2]);
        Look(plant, Reserve);
        var left = Seqs(plant, epoch);
        Assert.InRange(left[0], 2, all[all.Count / 2] + 1);
        Assert.Equal(Enumerable.Range((int)left[0], left.Count).Select(seq => (long)seq), left);
        Assert.True(plant.Pump.State.Space!.IsReserveHeld);

        // then the reserve
        for (var i = 0; i < 20 && plant.Pump.State.Space!.IsReserveHeld; i++)
        {
            Look(plant, 100);
        }

        Assert.False(plant.Pump.State.Space!.IsReserveHeld);
        Assert.DoesNotContain(RecorderConditions.EventsLost, Conditions(plant));

        // and an alarm only at the very end, with a record of its loss
        var first = Seqs(plant, epoch)[0];
        for (var i = 0; i < 20 && !Conditions(plant).Contains(RecorderConditions.EventsLost); i++)
        {
            Look(plant, 0);
        }

        var lost = plant.Pump.State.Conditions.Single(condition => condition.Name == RecorderConditions.EventsLost);
        var then = Seqs(plant, epoch)[0];
        Assert.True(then > first);
        Assert.Contains($"{first} to {then - 1} of epoch {epoch}", lost.Detail, StringComparison.Ordinal);
        Assert.Contains(plant.Delivered.Select(stored => EventJson.Parse(stored.Payload.Span)), message => message.Reason == lost.Detail);

        // room again: told, and the reserve is held anew
        Look(plant, 1_000_000 * Reserve);
        Assert.Empty(Conditions(plant));
        Assert.True(plant.Pump.State.Space!.IsReserveHeld);
        await plant.RestartAsync(TimeSpan.FromSeconds(1));
        plant.Turn(TimeSpan.FromSeconds(1));
        Assert.Equal(epoch, plant.Pump.State.Epoch);
    }

    [Fact]
    [Trait("Field", "F-54")]
    public async Task Start_on_a_full_disk_gives_the_reserve_up_and_starts()
    {
        await using var plant = await RecordedAsync();
        await plant.Pump.DisposeAsync();
        Assert.Equal(Reserve, new FileInfo(Path.Combine(plant.Folder, "reserve")).Length);
        _free = 0;
        plant.Open();
        plant.Turn();

        Assert.False(File.Exists(Path.Combine(plant.Folder, "reserve")));
    }

    [Fact]
    [Trait("Field", "F-51")]
    public async Task Disk_that_will_be_full_in_three_days_is_told_now_however_much_is_free()
    {
        _free = 300_000 * Reserve;
        await using var plant = await RecordedAsync();
        for (var minute = 0; minute < 30; minute++)
        {
            Look(plant, (300_000 - (minute * 100)) * Reserve);
        }

        var told = Assert.Single(plant.Pump.State.Conditions);
        Assert.Equal(RecorderConditions.DiskFilling, told.Name);
        Assert.Contains("full in about", told.Detail, StringComparison.Ordinal);
        Assert.InRange(plant.Pump.State.Space!.TimeToFull!.Value.TotalHours, 48, 72);
    }

    private void Look(PumpFixture plant, long free)
    {
        _free = free;
        // the snapshot that makes it look, and the turns that tell
        for (var i = 0; i < 4; i++)
        {
            plant.Turn(TimeSpan.FromSeconds(15));
        }
    }

    private async Task<PumpFixture> RecordedAsync()
    {
        var plant = new PumpFixture
        {
            Journal = new() { SegmentSizeMax = 2000, PacksSealed = false },
            SnapshotInterval = TimeSpan.FromSeconds(60),
            Space = new() { ReserveLength = Reserve, FreeBytes = _ => _free },
        };
        plant.Open();
        await plant.ConnectAsync();
        for (var i = 0; i < 200; i++)
        {
            await plant.SendAsync(0, i % 10 == 0 ? 95 : 50);
            plant.Turn(TimeSpan.FromSeconds(1));
        }

        return plant;
    }

    private static string[] SegmentsOf(PumpFixture plant) => [.. Directory.GetFiles(plant.Data.Journal, "*.journal").Order(StringComparer.Ordinal)];

    private static List<long> Seqs(PumpFixture plant, Guid epoch) => [.. plant.Pump.Reader.ReadEvents(epoch, 1).Select(stored => stored.Seq)];

    private static List<string> Conditions(PumpFixture plant) => [.. plant.Pump.State.Conditions.Select(condition => condition.Name)];
}
