using EdgeAlarm.TestServers.Disk;
using Xunit.Sdk;

namespace EdgeAlarm.Gateway.Tests.Recorder.PowerCut;

/// <summary>The power goes at any step of the disk, the start included. A failure names its seed.</summary>
public class PowerCutTests
{
    private const int CutsPerRun = 5;

    [Fact]
    [Trait("Field", "F-47")]
    public Task Nothing_that_was_told_is_lost_or_told_otherwise_wherever_the_power_goes() => CutAsync(1, 12);

    [Fact]
    [Trait("Field", "F-47")]
    [Trait("Category", "Long")]
    public Task Nothing_that_was_told_is_lost_or_told_otherwise_in_two_thousand_cuts() => CutAsync(1000, 400);

    [Fact]
    [Trait("Field", "F-54")]
    public Task Power_that_goes_while_the_disk_dies_and_recovers_costs_nothing_that_was_recorded() => CutAsync(1, 12, diesToo: true);

    [Fact]
    [Trait("Field", "F-54")]
    [Trait("Category", "Long")]
    public Task Power_that_goes_while_the_disk_dies_and_recovers_costs_nothing_that_was_recorded_a_thousand_times() => CutAsync(1000, 200, diesToo: true);

    // what would not be seen to fail proves nothing
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Disk_that_does_not_flush_files_or_names_is_found_out(bool ignoresFiles, bool ignoresFolders)
    {
        var found = await Assert.ThrowsAnyAsync<XunitException>(
            () => CutAsync(1, 12, () => new() { IgnoresFileFlush = ignoresFiles, IgnoresFolderFlush = ignoresFolders }));
        Assert.Matches("was told|was recorded|is damaged|cannot be read", found.Message);
    }

    private static async Task CutAsync(int firstSeed, int runs, Func<SimulatedDisk>? disk = null, bool diesToo = false)
    {
        var unrecorded = 0;
        for (var seed = firstSeed; seed < firstSeed + runs; seed++)
        {
            await using var run = new PowerCutRun(seed, disk?.Invoke() ?? new(), diesToo);
            try
            {
                await run.RunAsync(CutsPerRun);
            }
            catch (Exception failure) when (failure is not IAssertionException)
            {
                throw new XunitException($"seed {seed}, after {run.Cuts} cuts: {failure.Message}", failure);
            }

            Assert.True(run.Told + run.ToldUnrecorded > 20, $"seed {seed}: only {run.Told} events were told");
            unrecorded += run.ToldUnrecorded;
        }

        Assert.Equal(diesToo, unrecorded > 0);
    }
}
