using System.CommandLine;
using System.Text.Json;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.PlantSimulator.Scenarios;
using EdgeAlarm.RuleTests;

namespace EdgeAlarm.Verbs;

/// <summary><c>edgealarm test</c>: plays scenarios on the alarm engine in virtual time and compares what the alarms do with what is expected.</summary>
internal static class TestVerb
{
    private const string AlarmsVariable = "EDGEALARM__ALARMS";
    private const int StoryMax = 40;

    public static Command Command()
    {
        var files = new Argument<string[]>("scenario") { Description = "Scenario files, or folders of them.", Arity = ArgumentArity.OneOrMore };
        var config = ConfigurationOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON line a scenario." };
        var story = new Option<bool>("--story") { Description = "Every event, of scenarios that passed as well." };
        var command = new Command("test", "Play scenarios on the alarm engine in virtual time and compare what the alarms do with what the scenarios expect.") { files, config, json, story };
        command.SetAction(result => Run(result.GetValue(files)!, result.GetValue(config)!, result.GetValue(json), result.GetValue(story)));
        return command;
    }

    private static int Run(string[] paths, string config, bool json, bool story)
    {
        var outcomes = new List<TestOutcome>();
        foreach (var file in paths.SelectMany(Files))
        {
            var (outcome, result) = Test(file, config);
            outcomes.Add(outcome);
            Print(file, outcome, result, json, story);
        }

        if (!json)
        {
            Console.WriteLine(string.Join(", ", outcomes.GroupBy(outcome => outcome).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Words(group.Key)}")));
        }

        return outcomes.Contains(TestOutcome.NotUnderstood) || !outcomes.Exists(outcome => outcome is TestOutcome.Passed or TestOutcome.Failed)
            ? ExitCode.CouldNotRun
            : outcomes.Contains(TestOutcome.Failed) ? ExitCode.Found : ExitCode.Done;
    }

    private static IEnumerable<string> Files(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.scenario", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [path];

    private static (TestOutcome Outcome, RuleTestResult? Result) Test(string file, string config)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{file} cannot be read: {failure.Message}");
            return (TestOutcome.NotUnderstood, null);
        }

        var reading = ScenarioText.Read(file, text);
        if (reading.Scenario is not { } scenario)
        {
            Tell(reading.Faults);
            return (TestOutcome.NotUnderstood, null);
        }

        // a plant to simulate
        if (scenario.RepeatEvery is not null || !scenario.Steps.OfType<ExpectationStep>().Any())
        {
            return (TestOutcome.ExpectsNothing, null);
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (Load(config, scenario.Uses is { } uses ? Path.Combine(folder, uses) : null) is not { } site)
        {
            return (TestOutcome.NotUnderstood, null);
        }

        var plan = RulePlan.Compile(scenario, site, other => Load(config, Path.Combine(folder, other)), out var faults);
        Tell(faults);
        if (plan is null)
        {
            return (TestOutcome.NotUnderstood, null);
        }

        var result = RuleTest.Run(plan);
        return (result.Failures.Count == 0 ? TestOutcome.Passed : TestOutcome.Failed, result);
    }

    // the site's own alarm list, or another in its place
    private static Site? Load(string config, string? alarms)
    {
        var environment = ConfigurationOption.ReadEnvironment();
        if (alarms is not null)
        {
            environment[AlarmsVariable] = Path.GetFullPath(alarms);
        }

        var (site, faults) = SiteFiles.Load(config, environment, looksAtSecrets: false);
        ConfigurationOption.Report(faults);
        return site;
    }

    private static void Tell(IReadOnlyList<ScenarioFault> faults)
    {
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault);
        }
    }

    private static string Words(TestOutcome outcome) => outcome switch
    {
        TestOutcome.Passed => "passed",
        TestOutcome.Failed => "failed",
        TestOutcome.ExpectsNothing => "without expectations",
        TestOutcome.NotUnderstood => "not understood",
    };

    private static void Print(string file, TestOutcome outcome, RuleTestResult? result, bool json, bool story)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new { file, outcome = Words(outcome), title = result?.Title, expectations = result?.Expectations, failures = result?.Failures.Select(failure => new { failure.Line, failure.Text, failure.Found }) }, JsonSerializerOptions.Web));
            return;
        }

        if (result is null)
        {
            Console.WriteLine($"----  {file}: {Words(outcome)}");
            return;
        }

        Console.WriteLine($"{(outcome is TestOutcome.Passed ? "pass" : "FAIL")}  {file}: {result.Title} ({result.Expectations} {(result.Expectations == 1 ? "expectation" : "expectations")})");
        foreach (var failure in result.Failures)
        {
            Console.WriteLine($"      line {failure.Line}: {failure.Text}");
            Console.WriteLine($"        {failure.Found}");
        }

        foreach (var remark in result.Remarks)
        {
            Console.WriteLine($"      note, line {remark.Line}: {remark.Text}");
            Console.WriteLine($"        {remark.Found}");
        }

        // of a failure, what its alarms did is where people look next
        var names = result.Failures.Select(failure => failure.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var told in result.Story.Where(told => story || names.Contains(told.Name)).Take(story ? int.MaxValue : StoryMax))
        {
            Console.WriteLine($"        | {told}");
        }
    }
}
