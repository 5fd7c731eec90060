using System.Globalization;
using EdgeAlarm.Engine;
using EdgeAlarm.Terminal;
using Spectre.Console;

namespace EdgeAlarm.Tests.Terminal;

public sealed class PageTests
{
    [Theory]
    [InlineData(160, 50)]
    [InlineData(100, 30)]
    [InlineData(80, 24)]
    [InlineData(60, 16)]
    public void The_page_fits_the_terminal_and_shows_the_standing_alarm_what_is_broken_and_the_keys(int width, int height)
    {
        var lines = Draw(Night(), width, height);

        Assert.InRange(lines.Length, 1, height);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.Contains(lines, line => line.Contains("LT101_HIHI", StringComparison.Ordinal) && line.Contains("UNACKNOWLEDGED", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(" !   broker", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("TT101_HI", StringComparison.Ordinal) && line.Contains("NOT ARMED", StringComparison.Ordinal));
        Assert.StartsWith("a acknowledge", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_alarm_that_nobody_has_to_acknowledge_is_active_and_never_called_acknowledged()
    {
        var lines = Draw(Night(), 160, 50);

        Assert.Contains(lines, line => line.Contains("XV101_CLOSED  active", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(" acknowledged", StringComparison.Ordinal));
    }

    [Fact]
    public void Alarms_that_do_not_fit_are_counted_and_the_most_urgent_ones_are_shown()
    {
        var many = Enumerable.Range(0, 40).Select(number => Alarm($"A{number:D2}", LifecycleState.Normal, AlarmPriority.Low));
        var night = Night();

        var lines = Draw(night with { Alarms = [.. many, .. night.Alarms] }, 80, 24);

        Assert.InRange(lines.Length, 1, 24);
        Assert.Contains(lines, line => line.Contains("more do not fit", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("LT101_HIHI", StringComparison.Ordinal));
    }

    private static string[] Draw(PageModel model, int width, int height)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        (console.Profile.Width, console.Profile.Height) = (width, height);
        console.Write(Page.Draw(model, width, height));
        return text.ToString().TrimEnd().Split('\n');
    }

    private static PageModel Night() => new()
    {
        Title = "plant1/gw1   configuration 036e2c623dac",
        Up = TimeSpan.FromHours(7),
        Chain =
        [
            new("plant", IsSound: true, "74 values set"),
            new("broker", IsSound: false, "127.0.0.1:1883 cannot be reached: " + new string('x', 200)),
        ],
        Tags = [new("LT101", "96.5", "%", string.Empty), new("TT101", "58.0", "degC", "bad")],
        Alarms =
        [
            Alarm("XV101_CLOSED", LifecycleState.Acknowledged, AlarmPriority.Low) with { AckRequired = false },
            Alarm("TT101_HI", LifecycleState.Normal, AlarmPriority.High) with { NotArmed = "[bad] quality " + new string('y', 200) },
            Alarm("LT101_HIHI", LifecycleState.Unacknowledged, AlarmPriority.Critical),
        ],
        Events = [.. Enumerable.Range(0, 40).Select(seq => new EventRow(40 - seq, DateTime.UnixEpoch, "ConfigurationChanged", "gateway", new string('0', 64), TimeSpan.FromMilliseconds(90)))],
    };

    private static AlarmRow Alarm(string id, LifecycleState state, AlarmPriority priority) =>
        new(id, state, priority, "something is about to overflow", AckRequired: true, DateTime.UnixEpoch, NotArmed: null);
}
