using System.Diagnostics;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Gateway.Tests.Configuration;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Tests.Alarming;

/// <summary>A real disk that is full: eight megabytes of memory, mounted by the test. It needs root on Linux, as the other real servers of these tests do.</summary>
public class FullDiskTests
{
    [Fact]
    [Trait("Field", "F-54")]
    [Trait("Category", "Long")]
    public async Task Alarms_go_on_when_the_disk_is_full_and_are_stored_when_somebody_makes_room()
    {
        using var folder = new TemporaryFolder();
        Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder.Path);
        try
        {
            await FillAsync(folder.Path);
        }
        finally
        {
            Run("umount", folder.Path);
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
