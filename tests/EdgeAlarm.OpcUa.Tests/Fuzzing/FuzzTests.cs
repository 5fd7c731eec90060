using System.Globalization;
using System.Runtime.CompilerServices;

namespace EdgeAlarm.OpcUa.Tests.Fuzzing;

/// <summary>
/// The bytes of strangers, by the hundred thousand: each input ends in a structure or a violation, with memory in proportion, and soon. The corpus holds one input for each way
/// that was ever found through the decoders and the channel; it is replayed each time, and the mutations start from it, too.
/// </summary>
public sealed class FuzzTests
{
    private const int QuickInputs = 20_000;
    private const int CorpusBytesMax = 400;
    private static readonly TimeSpan LongRun = TimeSpan.FromMinutes(30);

    [Fact]
    public void Every_input_of_the_corpus_ends_in_a_structure_or_a_violation()
    {
        var inputs = Corpus();
        var ways = inputs.Select(input => (input.Target, input.Target.Judge(input.Bytes))).Distinct().Count();
        Assert.True(ways > 50, $"the {inputs.Count} inputs in {CorpusFile()} go only {ways} ways");
    }

    [Fact]
    public void Twenty_thousand_damaged_inputs_end_in_a_structure_or_a_violation()
    {
        var outcomes = new Dictionary<(string, string), byte[]>();
        for (var input = 0; input < QuickInputs; input++)
        {
            TryOne(20260301, input, outcomes);
        }

        // both ways were taken on each target, or the mutations prove nothing
        Assert.All(FuzzTarget.All, target => Assert.True(outcomes.ContainsKey((target.Name, "taken")) && outcomes.Keys.Count(key => key.Item1 == target.Name) > 5, target.Name));
    }

    /// <remarks>EDGEALARM_FUZZ_MINUTES sets another time; new ways go to the corpus of the checkout, to be looked at and committed.</remarks>
    [Fact]
    [Trait("Category", "Long")]
    public void Half_an_hour_of_damaged_inputs_ends_in_structures_or_violations()
    {
        var minutes = Environment.GetEnvironmentVariable("EDGEALARM_FUZZ_MINUTES");
        var budget = minutes is null ? LongRun : TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture));
        var seed = Environment.TickCount;
        var outcomes = Corpus().ToDictionary(input => (input.Target.Name, input.Outcome), input => input.Bytes);
        var known = outcomes.Count;
        var since = TimeProvider.System.GetTimestamp();
        var inputs = 0;
        while (TimeProvider.System.GetElapsedTime(since) < budget)
        {
            TryOne(seed, inputs++, outcomes);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {inputs} inputs, {outcomes.Count - known} new ways");
        File.WriteAllLines(CorpusFile(), outcomes.OrderBy(entry => entry.Key.Item1 + entry.Key.Item2, StringComparer.Ordinal)
            .Select(entry => $"{entry.Key.Item1}\t{entry.Key.Item2}\t{Convert.ToHexString(entry.Value)}"));
        Assert.True(inputs > 1000);
    }

    private static void TryOne(int seed, int input, Dictionary<(string, string), byte[]> outcomes)
    {
        var random = new Random(HashCode.Combine(seed, input));
        var target = FuzzTarget.All[input % FuzzTarget.All.Count];
        var begin = random.Next(4) == 0 && outcomes.Count > 0 ? outcomes.Where(entry => entry.Key.Item1 == target.Name).Select(entry => entry.Value).ElementAtOrDefault(random.Next(20)) : null;
        var bytes = begin ?? target.Valid(random);
        bytes = random.Next(50) == 0 ? bytes : Damage.To(bytes, random);
        var outcome = target.Judge(bytes);
        // one short input for each way
        if (bytes.Length <= CorpusBytesMax && outcome.Length < 120 && (!outcomes.TryGetValue((target.Name, outcome), out var shortest) || shortest.Length > bytes.Length))
        {
            outcomes[(target.Name, outcome)] = bytes;
        }
    }

    private static List<(FuzzTarget Target, byte[] Bytes, string Outcome)> Corpus() =>
    [
        .. File.ReadLines(CorpusFile()).Select(line => line.Split('\t'))
            .Select(cells => (FuzzTarget.All.Single(target => target.Name == cells[0]), Convert.FromHexString(cells[2]), cells[1])),
    ];

    private static string CorpusFile([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "Corpus", "strangers.tsv");
}
