using System.Globalization;
using EdgeAlarm.Engine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeAlarm.Terminal;

/// <summary>Draws the page for a night shift: what stands now on top, what it proves below. Priority is shape, digit and word, never colour alone.</summary>
internal static class Page
{
    private const int EventRowsMax = 9;
    private static readonly Style Quiet = new(Color.Grey);

    /// <summary>The whole page.</summary>
    public static IRenderable Draw(PageModel model) => new Rows(
        new Columns(
            new Markup($"[bold]EdgeAlarm[/]  {Markup.Escape(model.Title)}"),
            new Markup($"up {model.Up.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture)}").RightJustified()),
        Chain(model),
        new Grid().AddColumn(new GridColumn().NoWrap().PadRight(1)).AddColumn().AddRow(Tags(model), Alarms(model)),
        Events(model),
        Keys(model));

    private static Panel Chain(PageModel model)
    {
        var table = new Table().NoBorder().HideHeaders().Expand().AddColumns(string.Empty, string.Empty, string.Empty);
        table.Columns[0].NoWrap().Width(3);
        table.Columns[1].NoWrap().Width(10);
        foreach (var link in model.Chain)
        {
            table.AddRow(
                new Markup(link.IsSound ? "[green]ok[/]" : "[black on yellow] ! [/]"),
                new Markup(link.IsSound ? link.Name : $"[bold]{link.Name}[/]"),
                new Markup(link.IsSound ? Markup.Escape(link.Text) : $"[bold]{Markup.Escape(link.Text)}[/]"));
        }

        return new Panel(table).Header("Chain").Expand().BorderStyle(Quiet);
    }

    private static Panel Tags(PageModel model)
    {
        var table = new Table().NoBorder().HideHeaders().AddColumns(string.Empty, string.Empty, string.Empty, string.Empty);
        table.Columns[1].RightAligned();
        foreach (var tag in model.Tags)
        {
            table.AddRow(
                new Text(tag.Name),
                new Markup(tag.Quality.Length == 0 ? $"[bold]{Markup.Escape(tag.Value)}[/]" : $"[grey]? {Markup.Escape(tag.Value)}[/]"),
                new Text(tag.Unit, Quiet),
                new Text(tag.Quality));
        }

        return new Panel(table).Header("Plant, as the gateway sees it").BorderStyle(Quiet);
    }

    private static Panel Alarms(PageModel model)
    {
        var table = new Table().NoBorder().HideHeaders().Expand().AddColumns(string.Empty, string.Empty, string.Empty, string.Empty, string.Empty);
        table.Columns[0].NoWrap();
        table.Columns[1].NoWrap();
        table.Columns[3].NoWrap();
        foreach (var alarm in model.Alarms
            .OrderBy(alarm => Rank(alarm.State))
            .ThenBy(alarm => alarm.Priority)
            .ThenByDescending(alarm => alarm.Since))
        {
            var standing = alarm.State is not LifecycleState.Normal;
            var style = alarm.State is LifecycleState.Unacknowledged ? "bold" : standing ? "default" : "grey";
            table.AddRow(
                new Markup(Symbol(alarm)),
                new Markup($"[{style}]{Markup.Escape(alarm.Id)}[/]"),
                new Markup($"[{style}]{(standing ? Markup.Escape(alarm.Message) : string.Empty)}[/]"),
                new Markup($"[{style}]{StateWord(alarm.State)}{(standing && alarm.Since is { } since ? since.ToString(" HH:mm:ss", CultureInfo.InvariantCulture) : string.Empty)}[/]"),
                new Markup(alarm.NotArmed is { } reason ? $"[black on yellow]not armed[/] {Markup.Escape(reason)}" : "[grey]armed[/]"));
        }

        return new Panel(table).Header("Alarms").Expand().BorderStyle(Quiet);
    }

    private static Panel Events(PageModel model)
    {
        var table = new Table().NoBorder().HideHeaders().Expand().AddColumns(string.Empty, string.Empty, string.Empty, string.Empty, string.Empty);
        table.Columns[0].NoWrap().RightAligned();
        table.Columns[1].NoWrap();
        table.Columns[2].NoWrap();
        table.Columns[3].NoWrap();
        foreach (var happened in model.Events.Take(EventRowsMax))
        {
            table.AddRow(
                new Text(happened.Seq.ToString(CultureInfo.InvariantCulture), Quiet),
                new Text(happened.Time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)),
                new Markup(happened.Kind is "Activated" ? "[bold]Activated[/]" : Markup.Escape(happened.Kind)),
                new Text(happened.Subject),
                new Text($"{happened.Text}  (stored after {happened.Latency.TotalMilliseconds:0} ms)", Quiet));
        }

        return new Panel(table).Header("Events in the historian's database, newest first").Expand().BorderStyle(Quiet);
    }

    private static Markup Keys(PageModel model) =>
        new($"[bold]a[/] acknowledge the oldest alarm   [bold]q[/] quit   {Markup.Escape(model.Answer)}");

    private static int Rank(LifecycleState state) => state switch
    {
        LifecycleState.Unacknowledged => 0,
        LifecycleState.ReturnedUnacknowledged => 1,
        LifecycleState.Acknowledged => 2,
        LifecycleState.Normal => 3,
    };

    private static string StateWord(LifecycleState state) => state switch
    {
        LifecycleState.Unacknowledged => "UNACKNOWLEDGED",
        LifecycleState.ReturnedUnacknowledged => "RETURNED, NOT ACKNOWLEDGED",
        LifecycleState.Acknowledged => "acknowledged",
        LifecycleState.Normal => "normal",
    };

    // shape, digit and word; colour only where an alarm stands
    private static string Symbol(AlarmRow alarm)
    {
        var (shape, digit, colour) = alarm.Priority switch
        {
            AlarmPriority.Critical => ("◆", "1 critical", "#FF5A5F"),
            AlarmPriority.High => ("▲", "2 high", "#FF9E3D"),
            AlarmPriority.Medium => ("■", "3 medium", "#FFE14D"),
            AlarmPriority.Low => ("●", "4 low", "#4CC9F0"),
            AlarmPriority.Journal => (" ", "journal", "grey"),
        };
        return alarm.State switch
        {
            LifecycleState.Unacknowledged => $"[black on {colour}] {shape} {digit} [/]",
            LifecycleState.ReturnedUnacknowledged or LifecycleState.Acknowledged => $"[{colour}] {shape} {digit} [/]",
            LifecycleState.Normal => $"[grey] {shape} {digit} [/]",
        };
    }
}
