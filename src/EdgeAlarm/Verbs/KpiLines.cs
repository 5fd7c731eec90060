using System.Globalization;
using EdgeAlarm.Composition;

namespace EdgeAlarm.Verbs;

/// <summary>The figures of the alarm system for people: what comes now, then each figure with its target and a word of the traffic light, then who is behind it.</summary>
internal static class KpiLines
{
    private const string Indent = "          ";

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(StatusKpis kpis)
    {
        yield return Text($"kpi       since {kpis.Since:yyyy-MM-dd HH:mm} UTC: {kpis.Annunciated} alarms; {Seen(kpis)}");
        yield return Text($"{Indent}now {kpis.PresentTenMinutes} in these ten minutes, {kpis.LastTenMinutes} in the ten before, {kpis.PresentHour} this hour, {kpis.PresentDay} today; ")
            + (kpis.Flood is { } flood ? Text($"FLOOD since {flood.Since:HH:mm} UTC, {flood.Alarms} alarms") : "no flood");
        foreach (var figure in kpis.Figures.Where(figure => figure.Value is not null))
        {
            yield return Figure(figure);
        }

        if (kpis.TenMinutesValid == 0)
        {
            yield return $"{Indent}no rates yet: they speak of whole ten minutes that were seen";
        }

        yield return $"{Indent}priorities {string.Join(", ", kpis.Priorities.Select(each => Text($"{each.Priority} {Value(each.Percent)} % (wanted {each.PercentRecommended} %)")))}";
        foreach (var each in kpis.Priorities.Where(each => each.Responses > 0))
        {
            yield return Text($"{Indent}acknowledged {each.Priority}: {each.Responses}, median {Long(each.ResponseMedianSeconds)}, mean {Long(each.ResponseMeanSeconds)}, 95 % within {Long(each.ResponseP95Seconds)}");
        }

        if (kpis.Response.Unacknowledged > 0)
        {
            yield return Text($"{Indent}unacknowledged {kpis.Response.Unacknowledged}, the oldest for {Long(kpis.Response.OldestUnacknowledgedSeconds)}");
        }

        var hidden = kpis.Suppression;
        if (hidden is not { Shelved: 0, SuppressedByDesign: 0, OutOfService: 0, Shelvings: 0, Hidden: 0 })
        {
            yield return Text($"{Indent}suppressed: {hidden.Shelved} shelved, {hidden.SuppressedByDesign} by design, {hidden.OutOfService} out of service; {hidden.Hidden} alarms were hidden; ")
                + Text($"{hidden.Shelvings} shelvings ended, {hidden.Expired} by their time, {hidden.ByOperator} by an operator, mean {Long(hidden.ShelvingMeanSeconds)}, longest {Long(hidden.ShelvingMaxSeconds)}");
        }

        if (kpis.Stale.Count > 0)
        {
            yield return $"{Indent}stale: {string.Join(", ", kpis.Stale)}";
        }

        if (kpis.Chattering.Count > 0)
        {
            yield return $"{Indent}chattering now: {string.Join(", ", kpis.Chattering)}";
        }

        for (var place = 0; place < kpis.Top.Count; place++)
        {
            var top = kpis.Top[place];
            yield return Text($"{Indent}{place + 1,2}. {top.Alarm}  {top.Annunciated} of {kpis.Annunciated}, {top.Percent:0.0} %");
        }
    }

    private static string Seen(StatusKpis kpis)
    {
        var seen = kpis.CoveragePercent is { } percent ? Text($"{percent:0.##} % of the time seen, {kpis.TenMinutesValid} of {kpis.TenMinutes} whole ten minutes valid") : "nothing seen yet";
        var days = (kpis.At - kpis.Since).TotalDays;
        return days < 29 ? Text($"{seen}; {days:0.#} days are noise for the shares below, 30 are wanted") : seen;
    }

    private static string Figure(StatusFigure figure)
    {
        var grade = figure.Grade.ToUpperInvariant();
        var target = figure.Target is { } wanted ? Text($" (target {wanted:0.##}{(figure.Limit is { } limit ? Text($", limit {limit:0.##}") : "")})") : "";
        return $"{Indent}{grade,-5}  {Value(figure.Value),7}  {figure.Unit}{target}";
    }

    private static string Value(double? value) => value is { } known ? known.ToString("0.##", CultureInfo.InvariantCulture) : "-";

    private static string Long(double? seconds) => seconds switch
    {
        null => "-",
        < 120 => Text($"{seconds:0.#} s"),
        < 7200 => Text($"{seconds / 60:0.#} min"),
        _ => Text($"{seconds / 3600:0.#} h"),
    };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
