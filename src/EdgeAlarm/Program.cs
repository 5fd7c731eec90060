using System.CommandLine;
using EdgeAlarm.Verbs;

namespace EdgeAlarm;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("EdgeAlarm: OPC UA edge alarm gateway that never misses an alarm silently, and proves what happened at every link.")
        {
            DemoVerb.Command(),
            RunVerb.Command(),
            HistorianVerb.Command(),
            SimulateVerb.Command(),
            CheckVerb.Command(),
            StatusVerb.Command(),
            ReplayVerb.Command(),
        };
        return await root.Parse(args).InvokeAsync();
    }
}
