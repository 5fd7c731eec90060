using System.Diagnostics;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Gateway.Tests.Configuration;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Tests.Alarming;

/// <summary>A real disk that is full: a few megabytes of memory, mounted by the test. It needs root on Linux, as the other real servers of these tests do.</summary>
public class FullDiskTests
{
    [Fact]
    [Trait("Field", "F-54")]
    [Trait("Category", "Long")]
    public Task Alarms_go_on_when_the_disk_is_full_and_are_stored_when_somebody_makes_room() => OnSmallDiskAsync("8m", FillAsync);

    [Fact]
    [Trait("Field", "F-54")]
    [Trait("Category", "Long")]
    public Task Journal_makes_room_for_itself_on_a_disk_that_somebody_filled_and_tells_what_went() => OnSmallDiskAsync("64m", FillAndShedAsync);

    private static async Task OnSmallDiskAsync(string size, Func<string, Task> test)
    {
        using var folder = new TemporaryFolder();
        Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder.Path);
        try
        {
            await test(folder.Path);
        }
        finally
        {
            Run("umount", folder.Path);
        }
    }

    private static async Task FillAndShedAsync(string folder)
    {
        const int Reserve = 6 * 1024 * 1024;
        // looked at so seldom that the disk is full before: the dead journal has to make room itself
        await using var plant = new PumpFixture(folder)
        {
            Disk = LocalDisk.Instance,
            Journal = new() { SegmentSizeMax = 100_000 },
            SnapshotInterval = TimeSpan.FromMinutes(15),
            Space = new() { ReserveLength = Reserve, ToldBefore = TimeSpan.Zero },
        };
        plant.Open();
        await plant.ConnectAsync();
        for (var i = 0; i < 1000; i++)
        {
            await plant.SendAsync(0, i % 20 == 0 ? 95 : 50);
            plant.Turn(TimeSpan.FromSeconds(1));
        }

        Assert.Empty(plant.Pump.State.Conditions);
        var ballast = Path.Combine(folder, "ballast");
        Fill(ballast);
        var wasDead = false;
        for (var i = 0; plant.Pump.State.Space!.ShedBytes == 0 || plant.Pump.Recorder.Memory is not null; i++)
        {
            Assert.True(i < 3000, "nothing went, or the journal did not come back");
            await plant.SendAsync(0, i % 2 == 0 ? 95 : 50);
            plant.Turn(TimeSpan.FromSeconds(11));
            wasDead |= plant.Pump.Recorder.Memory is not null;
        }

        // with the disk as full as somebody made it
        Assert.True(wasDead && File.Exists(ballast));
        Assert.False(plant.Pump.State.Space.IsReserveHeld);
        plant.Turn(TimeSpan.FromSeconds(1));
        Assert.Equal([RecorderConditions.DiskFilling, RecorderConditions.Shedding], plant.Pump.State.Conditions.Select(condition => condition.Name));
        File.Delete(ballast);
        for (var i = 0; i < 5; i++)
        {
            plant.Turn(TimeSpan.FromMinutes(10));
        }

        Assert.Empty(plant.Pump.State.Conditions);
        Assert.Equal(Reserve, new FileInfo(Path.Combine(folder, "reserve")).Length);
        await plant.RestartAsync(TimeSpan.FromSeconds(1));
        plant.Turn(TimeSpan.FromSeconds(1));
        Assert.Equal(plant.Pump.Reader.Epochs().Count, plant.Delivered.Select(stored => stored.Epoch).Distinct().Count());
        foreach (var told in plant.Delivered.GroupBy(stored => stored.Epoch))
        {
            Assert.Equal(told.Select(stored => stored.Payload.ToArray()), plant.Pump.Reader.ReadEvents(told.Key, 1).Select(stored => stored.Payload.ToArray()));
        }
    }

    private static async Task FillAsync(string folder)
    {
        await using var plant = new PumpFixture(folder) { Disk = LocalDisk.Instance };
        plant.Open();
        await plant.ConnectAsync();
        await plant.SendAsync(0, 50);
        plant.Turn(TimeSpan.FromSeconds(1));
        var before = plant.Pump.State.Epoch;
        var ballast = Path.Combine(folder, "ballast");
        Fill(ballast);
        // until the last page of the segment is full too
        for (var i = 0; plant.Pump.Recorder.Memory is null; i++)
        {
            Assert.True(i < 2000, "the disk does not get full");
            await plant.SendAsync(0, i % 2 == 0 ? 95 : 50);
            plant.Turn(TimeSpan.FromSeconds(1));
        }

        await plant.SendAsync(1, 95);
        plant.Turn(TimeSpan.FromSeconds(1));
        plant.Turn(TimeSpan.FromSeconds(6));
        var without = plant.Pump.State.Epoch;
        Assert.Contains(plant.Delivered.Select(stored => EventJson.Parse(stored.Payload.Span)), message => message is { Kind: "Activated", Alarm: "LT102_HI" } && message.Epoch == without);
        File.Delete(ballast);
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    plant.Turn(TimeSpan.FromSeconds(11));
                    return plant.Pump.State.Conditions.IsEmpty;
                },
                TimeSpan.FromSeconds(30)),
            "the journal did not come back");

        await plant.RestartAsync(TimeSpan.FromSeconds(1));
        plant.Turn(TimeSpan.FromSeconds(1));
        Assert.Equal(3, plant.Pump.Reader.Epochs().Count);
        Assert.Equal(before, plant.Pump.Reader.Epochs()[0].Epoch);
        foreach (var told in plant.Delivered.GroupBy(stored => stored.Epoch))
        {
            Assert.Equal(told.Select(stored => stored.Payload.ToArray()), plant.Pump.Reader.ReadEvents(told.Key, 1).Select(stored => stored.Payload.ToArray()));
        }
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(page);
            }
        }
        catch (IOException)
        {
            // no page is left
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {error}");
    }
}
