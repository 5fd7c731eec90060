using EdgeAlarm.Evaluation;

namespace EdgeAlarm.Simulation;

/// <summary>The promise, held against real servers and real faults: what had to alarm is in PostgreSQL exactly once, or lies in a recorded gap.</summary>
public abstract class SystemTests
{
    private protected const int KillsPerRun = 20;
    // two before and behind are the rule; on a machine whose cores are all busy messages come later than that
    private static readonly TimeSpan FourPublishingIntervals = TimeSpan.FromMilliseconds(1000);

    private protected static Task RunFor(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>What holds after every run, whatever happened in it.</summary>
    private protected static async Task<Verdict> AssertThePromiseAsync(SystemUnderTest system)
    {
        var (verdict, facts) = await system.JudgeAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{verdict.Samples} values set, {facts.Count} events, {verdict.MustAlarm} intervals had to alarm, {verdict.InGap} of them in a gap, longest blind time {system.BlindTimeMax}");

        Assert.True(verdict.MustAlarm > 20, $"only {verdict.MustAlarm} intervals had to alarm: the run proves nothing");
        Assert.Empty(verdict.Missed);
        Assert.Equal((0, 0), (verdict.Lost, verdict.Duplicates));
        Assert.Single(facts.Select(fact => fact.Epoch).Distinct());
        Assert.Equal(Enumerable.Range(1, facts.Count).Select(seq => (long)seq), facts.Select(fact => fact.Seq));
        Assert.Equal(0, await HistorianRows.CountConflictsAsync(system.Database.ConnectionString(system.DatabaseName)));
        var gaps = facts.Where(fact => fact.Kind is "Gap").Select(gap => gap.GapEnd!.Value - gap.GapStart!.Value).ToList();
        Assert.All(gaps, gap => Assert.InRange(gap, TimeSpan.Zero, system.BlindTimeMax + FourPublishingIntervals));
        var replayed = await system.ReplayAsync();
        Assert.True(replayed.IsIdentical, $"replay: {replayed}");
        return verdict;
    }
}
