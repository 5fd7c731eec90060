using System.Globalization;
using System.Text;
using EdgeAlarm.Engine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeAlarm.Terminal;

/// <summary>Draws the page for a night shift: what stands now on top, what it proves below. Priority is shape, digit and word, never colour alone.</summary>
internal static class Page
{
    private const int WideFrom = 130;
    private const int WordsFrom = 100;
    private const int TallFrom = 36;
    private const int Frame = 2;
    private const int Inside = 4;
    private const int ValueWidth = 9;
    private const int StateWidth = 27;
    private const int TagsWidth = 42;
    private static readonly Style Quiet = new(Color.Grey);

    /// <summary>The whole page, cut to a terminal: first the figures of sound links give way, then the values of the plant, then events, then alarms at rest.</summary>
    /// <param name="model">What it shows.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Lines of the terminal.</param>
    public static IRenderable Draw(PageModel model, int width, int height)
    {
        var isWide = width >= WideFrom;
        IReadOnlyList<LinkRow> chain = height >= TallFrom ? model.Chain : Shortened(model.Chain);
        var left = height - 3 - (chain.Count + Frame);
        var alarms = Math.Clamp(left - Frame, 1, Math.Max(model.Alarms.Count, isWide ? model.Tags.Count : 1));
        var events = left - (alarms + Frame) - Frame;
        var rows = new List<IRenderable>
        {
            Line(width, ("EdgeAlarm", "bold"), ($"  {model.Title}   up {model.Up.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture)}", "default")),
            Chain(chain, width),
            isWide
                ? new Grid().AddColumn(Column(TagsWidth)).AddColumn(Column(width - TagsWidth)).AddRow(Tags(model, alarms), Alarms(model, alarms, width - TagsWidth))
                : Alarms(model, alarms, width),
        };
        if (events > 0)
        {
            rows.Add(Events(model, events, width));
        }

        rows.Add(Keys(model, width));
        return new Rows(rows);
    }

    // what is not sound keeps its line
    private static LinkRow[] Shortened(IReadOnlyList<LinkRow> chain)
    {
        var sound = string.Join(", ", chain.Where(link => link.IsSound).Select(link => link.Name));
        var broken = chain.Where(link => !link.IsSound);
        return sound.Length == 0 ? [.. broken] : [.. broken, new LinkRow(sound, IsSound: true, string.Empty)];
    }

    private static Panel Chain(IReadOnlyList<LinkRow> chain, int width) => Framed("Chain", width, chain.Select(link => Line(
        width - Inside,
        (link.IsSound ? "ok " : " ! ", link.IsSound ? "green" : "black on yellow"),
        ($"  {link.Name,-10} {link.Text}", link.IsSound ? "default" : "bold"))));

    private static Panel Tags(PageModel model, int rows)
    {
        var name = Longest(model.Tags, tag => tag.Name);
        return Framed("Plant", TagsWidth, model.Tags.Take(rows).Select(tag => Line(
            TagsWidth - Inside,
            ($"{tag.Name.PadRight(name)} ", "default"),
            ($"{(tag.Quality.Length == 0 ? string.Empty : "? ")}{tag.Value}".PadLeft(ValueWidth), tag.Quality.Length == 0 ? "bold" : "grey"),
            ($" {tag.Unit}", "grey"),
            ($" {tag.Quality}", "default"))));
    }

    private static Panel Alarms(PageModel model, int rows, int width)
    {
        var (id, hidden) = (Longest(model.Alarms, alarm => alarm.Id), model.Alarms.Count - rows);
        var lines = model.Alarms
            .OrderBy(alarm => Rank(alarm.State))
            .ThenBy(alarm => alarm.Priority)
            .ThenByDescending(alarm => alarm.Since)
            .Take(rows)
            .Select(alarm =>
            {
                var standing = alarm.State is not LifecycleState.Normal;
                var style = alarm.State is LifecycleState.Unacknowledged ? "bold" : standing ? "default" : "grey";
                var since = standing ? alarm.Since?.ToString(" HH:mm:ss", CultureInfo.InvariantCulture) : null;
                return Line(
                    width - Inside,
                    Symbol(alarm, width),
                    ($" {alarm.Id.PadRight(id)}  {StateWord(alarm) + since,-StateWidth}  ", style),
                    alarm.NotArmed is { } reason ? ($" {(standing ? "NOT ARMED " : string.Empty)}{reason} ", "black on yellow") : (string.Empty, style),
                    (alarm.NotArmed is null ? alarm.Message : $"  {alarm.Message}", style));
            });
        return Framed(hidden > 0 ? $"Alarms, {hidden} more do not fit" : "Alarms", width, lines);
    }

    private static Panel Events(PageModel model, int rows, int width)
    {
        var (kind, subject) = (Longest(model.Events, happened => happened.Kind), Longest(model.Events, happened => happened.Subject));
        return Framed("Events in the historian's database, newest first", width, model.Events.Take(rows).Select(happened => Line(
            width - Inside,
            ($"{happened.Seq,5} ", "grey"),
            (happened.Time.ToString("HH:mm:ss.fff ", CultureInfo.InvariantCulture), "default"),
            (happened.Kind.PadRight(kind), happened.Kind is "Activated" or "Worsened" ? "bold" : "default"),
            ($" {happened.Subject.PadRight(subject)} ", "default"),
            ($"{happened.Text}  (stored after {happened.Latency.TotalMilliseconds:0} ms)".TrimStart(), "grey"))));
    }

    private static Markup Keys(PageModel model, int width) =>
        Line(width, ("a", "bold"), (" acknowledge the oldest alarm   ", "default"), ("q", "bold"), ($" quit   {model.Answer}", "default"));

    private static int Longest<T>(IEnumerable<T> rows, Func<T, string> text) => rows.Select(row => text(row).Length).DefaultIfEmpty().Max();

    private static GridColumn Column(int width) => new GridColumn().NoWrap().Width(width).Padding(0, 0, 0, 0);

    private static Panel Framed(string header, int width, IEnumerable<Markup> lines) =>
        new Panel(new Rows(lines)) { Width = width }.Header(header).BorderStyle(Quiet);

    // one line of the terminal and never two, whatever the texts hold: what does not fit is cut, visibly
    private static Markup Line(int width, params ReadOnlySpan<(string Text, string Style)> parts)
    {
        var markup = new StringBuilder();
        foreach (var (text, style) in parts)
        {
            var shown = text.Length <= width ? text : width > 0 ? $"{text[..(width - 1)]}…" : string.Empty;
            width = text.Length <= width ? width - text.Length : 0;
            if (shown.Length > 0)
            {
                markup.Append(CultureInfo.InvariantCulture, $"[{style}]{Markup.Escape(shown)}[/]");
            }
        }

        return new Markup(markup.ToString());
    }

    private static int Rank(LifecycleState state) => state switch
    {
        LifecycleState.Unacknowledged => 0,
        LifecycleState.LatchedUnacknowledged => 1,
        LifecycleState.ReturnedUnacknowledged => 2,
        LifecycleState.Acknowledged => 3,
        LifecycleState.LatchedAcknowledged => 4,
        LifecycleState.Normal => 5,
    };

    // RTN, returned to normal: the standard's word
    private static string StateWord(AlarmRow alarm) => alarm.State switch
    {
        LifecycleState.Unacknowledged => "UNACKNOWLEDGED",
        LifecycleState.ReturnedUnacknowledged => "RTN UNACKNOWLEDGED",
        LifecycleState.LatchedUnacknowledged => "LATCHED UNACKNOWLEDGED",
        LifecycleState.LatchedAcknowledged => "latched, reset",
        LifecycleState.Acknowledged => alarm.AckRequired ? "acknowledged" : "active",
        LifecycleState.Normal => alarm.NotArmed is null ? "normal" : "NOT ARMED",
    };

    // shape, digit and word; colour only where an alarm stands
    private static (string Text, string Style) Symbol(AlarmRow alarm, int width)
    {
        var (shape, digit, word, colour) = alarm.Priority switch
        {
            AlarmPriority.Critical => ("◆", '1', "critical", "#FF5A5F"),
            AlarmPriority.High => ("▲", '2', "high", "#FF9E3D"),
            AlarmPriority.Medium => ("■", '3', "medium", "#FFE14D"),
            AlarmPriority.Low => ("●", '4', "low", "#4CC9F0"),
            AlarmPriority.Journal => (" ", ' ', "journal", "grey"),
        };
        var style = alarm.State switch
        {
            LifecycleState.Unacknowledged => $"black on {colour}",
            LifecycleState.ReturnedUnacknowledged or LifecycleState.Acknowledged or LifecycleState.LatchedUnacknowledged or LifecycleState.LatchedAcknowledged => colour,
            LifecycleState.Normal => "grey",
        };
        return (width >= WordsFrom ? $" {shape} {digit} {word,-8} " : $" {shape} {digit} ", style);
    }
}
