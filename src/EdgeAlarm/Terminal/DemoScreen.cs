using System.Globalization;
using EdgeAlarm.Composition;
using Spectre.Console;

namespace EdgeAlarm.Terminal;

/// <summary>The demo on a terminal: the page, refreshed, and the keys. Where the output goes to a file or a pipe: the events, a line each.</summary>
internal static class DemoScreen
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    /// <summary>Shows the demo until it ends or somebody quits.</summary>
    public static async Task RunAsync(Demo demo, CancellationToken ending)
    {
        try
        {
            await (Console.IsOutputRedirected ? PrintEventsAsync(demo, ending) : ShowPageAsync(demo, ending));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // the time is over
        }
    }

    private static async Task ShowPageAsync(Demo demo, CancellationToken ending)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        var answer = string.Empty;
        AnsiConsole.Clear();
        await AnsiConsole.Live(new Text("starting ...")).AutoClear(enabled: false).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(Refresh, time);
            while (await timer.WaitForNextTickAsync(ending))
            {
                while (!Console.IsInputRedirected && Console.KeyAvailable)
                {
                    switch (char.ToLowerInvariant(Console.ReadKey(intercept: true).KeyChar))
                    {
                        case 'a':
                            answer = await demo.Gateway.AcknowledgeOldestAsync($"terminal:{Environment.UserName}", ending);
                            break;
                        case 'q':
                            return;
                        default:
                            answer = "a acknowledges, q quits.";
                            break;
                    }
                }

                var model = await DemoPage.ReadAsync(demo, time.GetElapsedTime(started), time.GetUtcNow(), answer, ending);
                live.UpdateTarget(Page.Draw(model, AnsiConsole.Profile.Width, AnsiConsole.Profile.Height));
            }
        });
    }

    private static async Task PrintEventsAsync(Demo demo, CancellationToken ending)
    {
        var last = 0L;
        using var timer = new PeriodicTimer(Refresh, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(ending))
        {
            if (demo.Historian.Phase != Historian.Intake.HistorianPhase.Active)
            {
                continue;
            }

            foreach (var stored in (await demo.Store.AllAsync(ending)).Where(row => row.Key.Seq > last))
            {
                var row = DemoPage.Event(stored);
                Console.WriteLine($"{row.Time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {row.Seq,5} {row.Kind,-16} {row.Subject,-14} {row.Text}");
                last = row.Seq;
            }
        }
    }
}
