using CsCheck;
using EdgeAlarm.Engine.Tests.Properties;

namespace EdgeAlarm.Engine.Tests.Kpis;

/// <summary>Figures that a site is judged by are exact: the fold against the same figures counted again from the whole log.</summary>
public class KpiProperties
{
    [Fact]
    public void Figures_of_any_log_are_those_counted_again() => KpiLogs.Any.Sample(Compare, iter: 400);

    [Fact]
    public void Figures_of_what_the_engine_tells_are_those_counted_again() => PlantStory.Any.Check(story => Compare(KpiLogs.Of(story)), 150);

    [Fact]
    [Trait("Category", "Long")]
    public void Figures_of_very_many_logs_are_those_counted_again()
    {
        KpiLogs.Any.Sample(Compare, iter: 40_000);
        PlantStory.Any.Check(story => Compare(KpiLogs.Of(story)), 20_000);
    }

    [Fact]
    public void Snapshot_in_the_middle_and_going_on_is_the_full_fold() => Gen.Select(KpiLogs.Any, Gen.Int[0, 120]).Sample(
        (log, cut) =>
        {
            cut = Math.Min(cut, log.Steps.Count);
            var first = (log with { Steps = [.. log.Steps.Take(cut)] }).Fold();
            var second = AlarmKpis.Restore(BytesOf(first))!;
            foreach (var step in log.Steps.Skip(cut))
            {
                KpiLog.Take(second, step);
            }

            Assert.Equal(BytesOf(log.Fold()), BytesOf(second));
        },
        iter: 200);

    [Fact]
    public void Every_line_of_the_figures_is_reached_by_some_log()
    {
        // a comparison of noughts would hold as well
        var told = new HashSet<string>();
        KpiLogs.Any.Sample(
            log =>
            {
                foreach (var line in CountedAgain.Lines(log.Fold().Report()))
                {
                    var (name, values) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 2)..].Split(", "));
                    told.UnionWith(values.Select((value, index) => (value, index)).Where(each => each.value is not ("" or "0")).Select(each => $"{name} {each.index}"));
                }
            },
            iter: 1_500,
            threads: 1);

        string[] wanted =
        [
            "annunciated 1", "coverage 0", "bins 1", "rates 2", "beyond 1", "peaks 2", "now 3", "flood 0", "floods 1", "top 9", "nuisances 1", "chattering 0", "stale 0", "stalest 0", "standing 0",
            "Critical 5", "Low 5", "response 3", "open 1", "hidden now 2", "shelves 4", "excluded 2",
        ];
        Assert.Empty(wanted.Except(told));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    public void Damaged_or_foreign_snapshot_is_none_and_never_a_failure(int at)
    {
        var kpis = new AlarmKpis();
        kpis.Configure(["PLC1"]);
        kpis.Advance(PlantRig.At(0));
        kpis.Advance(PlantRig.At(90_000));
        var bytes = BytesOf(kpis);
        Assert.Equal(bytes, BytesOf(AlarmKpis.Restore(bytes)!));
        Assert.Null(AlarmKpis.Restore(bytes.AsSpan(0, bytes.Length - 1)));
        Assert.Null(AlarmKpis.Restore(bytes.AsSpan(0, at)));
        bytes[Math.Min(at, 7)] ^= 0x40;
        Assert.Null(AlarmKpis.Restore(bytes));
    }

    private static void Compare(KpiLog log)
    {
        var counted = new CountedAgain(log).Lines().ToList();
        var told = CountedAgain.Lines(log.Fold().Report()).ToList();
        Assert.True(
            counted.SequenceEqual(told),
            $"counted again:\n{string.Join('\n', counted.Except(told))}\nbut told:\n{string.Join('\n', told.Except(counted))}\nin the log\n{log}");
    }

    private static byte[] BytesOf(AlarmKpis kpis)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        kpis.WriteSnapshot(output);
        return output.WrittenSpan.ToArray();
    }
}
