using System.CommandLine;
using System.CommandLine.Parsing;
using EdgeAlarm.Verbs;

namespace EdgeAlarm;

internal static class Program
{
    // an end in order takes its time: the last turn is flushed, the demo is judged
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(60);

    private static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("EdgeAlarm: OPC UA edge alarm gateway that never misses an alarm silently, and proves what happened at every link.")
        {
            DemoVerb.Command(),
            RunVerb.Command(),
            HistorianVerb.Command(),
            SimulateVerb.Command(),
            CheckVerb.Command(),
            BrowseVerb.Command(),
            CertsVerb.Command(),
            TestVerb.Command(),
            StatusVerb.Command(),
            ReplayVerb.Command(),
            JournalVerb.Command(),
        };
        var command = root.Parse(args);
        if (command.Errors.Count == 0)
        {
            return await command.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = EndMax });
        }

        foreach (var error in command.Errors)
        {
            await Console.Error.WriteLineAsync(error.Message);
        }

        await Console.Error.WriteLineAsync($"'edgealarm{WordsOf(command.CommandResult)} --help' tells what is allowed.");
        return ExitCode.CouldNotRun;
    }

    private static string WordsOf(CommandResult verb) => verb.Parent is CommandResult parent ? $"{WordsOf(parent)} {verb.Command.Name}" : string.Empty;
}
