using EdgeAlarm.Engine;

namespace EdgeAlarm.Composition;

/// <summary>The figures of the alarm system, as <c>edgealarm status</c> shows them: the engine's report with times of the calendar and durations in seconds.</summary>
internal sealed record StatusKpis
{
    public required DateTime At { get; init; }

    /// <summary>Begin of what the figures speak of: 30 UTC days ago, or of the counting.</summary>
    public required DateTime Since { get; init; }

    /// <summary>Percent of the time that was seen; null before any.</summary>
    public required double? CoveragePercent { get; init; }

    public required int TenMinutes { get; init; }

    public required int TenMinutesValid { get; init; }

    public required long Annunciated { get; init; }

    public required long ReAlarms { get; init; }

    public required int PresentTenMinutes { get; init; }

    public required int LastTenMinutes { get; init; }

    public required int PresentHour { get; init; }

    public required int PresentDay { get; init; }

    public required int? HourPeak { get; init; }

    public required int DayPeak { get; init; }

    public required IReadOnlyList<StatusFigure> Figures { get; init; }

    public required IReadOnlyList<StatusPriority> Priorities { get; init; }

    public required IReadOnlyList<KpiTopAlarm> Top { get; init; }

    public required StatusFlood? Flood { get; init; }

    public required IReadOnlyList<StatusFlood> Floods { get; init; }

    public required long FloodCount { get; init; }

    public required double? FloodAlarmsPercent { get; init; }

    public required IReadOnlyList<string> Stale { get; init; }

    public required IReadOnlyList<string> Chattering { get; init; }

    public required StatusSuppression Suppression { get; init; }

    public required StatusResponse Response { get; init; }

    public required KpiExcluded Excluded { get; init; }

    /// <summary>Puts it together.</summary>
    public static StatusKpis Of(KpiReport report) => new()
    {
        At = StatusFlood.Utc(report.At),
        Since = StatusFlood.Utc(report.Since),
        CoveragePercent = Rounded(report.CoveragePercent),
        TenMinutes = report.Bins,
        TenMinutesValid = report.ValidBins,
        Annunciated = report.Annunciated,
        ReAlarms = report.ReAlarms,
        PresentTenMinutes = report.PresentBin,
        LastTenMinutes = report.LastBin,
        PresentHour = report.PresentHour,
        PresentDay = report.PresentDay,
        HourPeak = report.HourPeak,
        DayPeak = report.DayPeak,
        Figures = [.. report.Figures.Select(StatusFigure.Of)],
        Priorities = [.. report.Priorities.Select(StatusPriority.Of)],
        Top = [.. report.Top.Select(each => each with { Percent = Math.Round(each.Percent, 1) })],
        Flood = report.Flood is { } flood ? StatusFlood.Of(flood) : null,
        Floods = [.. report.Floods.Select(StatusFlood.Of)],
        FloodCount = report.FloodCount,
        FloodAlarmsPercent = Rounded(report.FloodAlarmsPercent),
        Stale = report.Stale,
        Chattering = report.Chattering,
        Suppression = StatusSuppression.Of(report.Suppression),
        Response = StatusResponse.Of(report.Response),
        Excluded = report.Excluded,
    };

    internal static double? Rounded(double? value) => value is { } known ? Math.Round(known, 2) : null;

    internal static double? Seconds(TimeSpan? duration) => Rounded(duration?.TotalSeconds);
}
