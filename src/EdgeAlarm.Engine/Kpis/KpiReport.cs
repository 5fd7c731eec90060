using System.Collections.Immutable;

namespace EdgeAlarm.Engine;

/// <summary>The figures of the alarm system at one moment, over the last <see cref="KpiRules.PeriodDays"/> UTC days. Immutable.</summary>
public sealed record KpiReport
{
    /// <summary>Plant time of the last event or sign of life.</summary>
    public required PlantTime At { get; init; }

    /// <summary>When the period begins: where counting began later, then.</summary>
    public required PlantTime Since { get; init; }

    /// <summary>Percent of the time since then, over all sources, that was seen; null before any.</summary>
    public required double? CoveragePercent { get; init; }

    /// <summary>Bins of ten minutes since then that are over.</summary>
    public required int Bins { get; init; }

    /// <summary>Of these, those of which at most a tenth was not seen. Rates and shares of time speak of these alone.</summary>
    public required int ValidBins { get; init; }

    /// <summary>All annunciated alarms of the period.</summary>
    public required long Annunciated { get; init; }

    /// <summary>Of these, those that were annunciated again because they stood.</summary>
    public required long ReAlarms { get; init; }

    /// <summary>Annunciated in the present ten minutes, so far.</summary>
    public required int PresentBin { get; init; }

    /// <summary>Annunciated in the ten minutes before.</summary>
    public required int LastBin { get; init; }

    /// <summary>Annunciated in the present hour of the clock, so far.</summary>
    public required int PresentHour { get; init; }

    /// <summary>Annunciated on the present UTC day, so far.</summary>
    public required int PresentDay { get; init; }

    /// <summary>The most in a whole and valid hour; null before any.</summary>
    public required int? HourPeak { get; init; }

    /// <summary>The most on a UTC day, the present one included.</summary>
    public required int DayPeak { get; init; }

    /// <summary>The figures that have targets.</summary>
    public required ImmutableArray<KpiFigure> Figures { get; init; }

    /// <summary>The priorities, the highest first.</summary>
    public required ImmutableArray<KpiPriority> Priorities { get; init; }

    /// <summary>The most frequent alarms; equally frequent ones by id.</summary>
    public required ImmutableArray<KpiTopAlarm> Top { get; init; }

    /// <summary>The flood that goes on; null where there is none.</summary>
    public required KpiFlood? Flood { get; init; }

    /// <summary>The last floods that ended, oldest first.</summary>
    public required ImmutableArray<KpiFlood> Floods { get; init; }

    /// <summary>Floods of the period that ended.</summary>
    public required long FloodCount { get; init; }

    /// <summary>Percent of the annunciated alarms that came in them; null for none at all.</summary>
    public required double? FloodAlarmsPercent { get; init; }

    /// <summary>The ids of stale alarms, the oldest first; at most <see cref="KpiRules.TopCount"/>.</summary>
    public required ImmutableArray<string> Stale { get; init; }

    /// <summary>The ids of alarms that chatter now; at most <see cref="KpiRules.TopCount"/>.</summary>
    public required ImmutableArray<string> Chattering { get; init; }

    /// <summary>What is suppressed.</summary>
    public required KpiSuppression Suppression { get; init; }

    /// <summary>How operators answer.</summary>
    public required KpiResponse Response { get; init; }

    /// <summary>What is not counted.</summary>
    public required KpiExcluded Excluded { get; init; }

    /// <summary>A figure by its name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public KpiFigure this[string name] => Figures.First(figure => figure.Name == name);
}
