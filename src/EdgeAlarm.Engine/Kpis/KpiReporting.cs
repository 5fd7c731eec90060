using System.Collections.Immutable;

namespace EdgeAlarm.Engine;

/// <summary>Makes a report of what was counted.</summary>
internal static class KpiReporting
{
    public static KpiReport Of(KpiState state)
    {
        var rates = new KpiRates(state);
        var tallies = state.Tallies.All.Values;
        var counts = default(KpiCounts);
        var byPriority = new long[KpiRules.Priorities];
        var responses = Enumerable.Range(0, KpiRules.Priorities).Select(_ => new DurationHistogram()).ToArray();
        for (var day = Math.Max(0, state.Days.First); day <= state.Days.Present; day++)
        {
            counts.Add(in state.Days[day].Counts);
            for (var priority = 0; priority < KpiRules.Priorities; priority++)
            {
                byPriority[priority] += state.Days[day].ByPriority[priority];
                responses[priority].Add(state.Days[day].Responses[priority]);
            }
        }

        var all = byPriority.Sum();
        var sums = tallies.Select(tally => (tally.Id, Sum: tally.Sum())).ToList();
        ImmutableArray<KpiTopAlarm> top =
        [
            .. sums.Where(each => each.Sum.Annunciated > 0)
                .OrderByDescending(each => each.Sum.Annunciated)
                .ThenBy(each => each.Id, StringComparer.Ordinal)
                .Take(KpiRules.TopCount)
                .Select(each => new KpiTopAlarm(each.Id, each.Sum.Annunciated, 100.0 * each.Sum.Annunciated / all)),
        ];
        ImmutableArray<KpiPriority> priorities = [.. Enumerable.Range(0, KpiRules.Priorities).Select(priority => Of((AlarmPriority)priority, byPriority[priority], all, responses[priority]))];
        var stale = tallies.Where(tally => tally.IsStaleAt(state.At)).ToList();
        var flood = state.Floods.Since == PlantTime.Zero ? null : new KpiFlood(state.Floods.Since, state.At, state.Floods.Alarms);
        return new()
        {
            At = state.At,
            Since = rates.Since,
            CoveragePercent = rates.Coverage,
            Bins = rates.Bins,
            ValidBins = rates.Valid,
            Annunciated = all,
            ReAlarms = counts.ReAlarms,
            PresentBin = rates.PresentBin,
            LastBin = rates.LastBin,
            PresentHour = rates.PresentHour,
            PresentDay = rates.PresentDay,
            HourPeak = rates.HourPeak,
            DayPeak = rates.DayPeak,
            Figures =
            [
                new("perDay", rates.PerBin * KpiRules.BinsPerDay, "alarms a day", KpiTargets.PerDay),
                new("perHour", rates.PerBin * KpiRules.BinsPerHour, "alarms an hour", KpiTargets.PerHour),
                new("perTenMinutes", rates.PerBin, "alarms in ten minutes", KpiTargets.PerBin),
                new("hoursBeyond", rates.HoursBeyond, $"% of hours with over {KpiRules.HourMax}", KpiTargets.HoursBeyond),
                new("tenMinutesBeyond", rates.BinsBeyond, $"% of ten minutes with over {KpiRules.BinMax}", KpiTargets.BinsBeyond),
                new("tenMinutesPeak", rates.BinPeak, "alarms in the worst ten minutes", KpiTargets.BinPeak),
                new("flood", rates.Flood, "% of time in flood", KpiTargets.Flood),
                new("topTen", Percent(top.Sum(each => each.Annunciated), all), $"% from the {KpiRules.TopCount} most frequent", KpiTargets.Top),
                new("chattering", sums.Count(each => each.Sum.Chattering > 0), "alarms that chattered", KpiTargets.Chattering),
                new("fleeting", sums.Count(each => each.Sum.Fleeting > 0), "alarms that were fleeting", KpiTargets.Fleeting),
                new("stale", stale.Count, "stale: active for over 24 h", KpiTargets.Stale),
                new("stalePeak", Math.Max(stale.Count, counts.Stale), "stale at the end of the worst day", KpiTargets.Stale),
                new("standing", tallies.Count(tally => tally.IsStanding), "alarms that stand now", KpiTargets.Standing),
                new("shelved", Suppressed(state, SuppressionStates.Shelved), "alarms shelved now", KpiTargets.Shelved),
                new("priorityDeviation", all == 0 ? null : priorities.Max(each => Math.Abs(each.Percent!.Value - each.PercentRecommended)), "points off the wanted priorities", KpiTargets.PriorityDeviation),
                new("returnedUnacknowledged", Percent(counts.ReturnedUnacknowledged, all), "% returned unacknowledged", KpiTargets.ReturnedUnacknowledged),
                new("rubberStamped", Percent(counts.RubberStamped, counts.Acknowledged), "% acknowledged too fast to think", null),
            ],
            Priorities = priorities,
            Top = top,
            Flood = flood,
            Floods = [.. state.Floods.Ended],
            FloodCount = counts.Floods,
            FloodAlarmsPercent = Percent(counts.FloodAlarms, all),
            Stale = [.. stale.OrderBy(tally => tally.ActiveSince.Ticks).ThenBy(tally => tally.Id, StringComparer.Ordinal).Take(KpiRules.TopCount).Select(tally => tally.Id)],
            Chattering = [.. tallies.Where(tally => tally.IsChatteringAt(state.At)).Take(KpiRules.TopCount).Select(tally => tally.Id)],
            Suppression = SuppressionOf(state, in counts),
            Response = ResponseOf(state, in counts),
            Excluded = new(counts.ActiveAtStart, counts.Journal),
        };
    }

    private static KpiPriority Of(AlarmPriority priority, long annunciated, long all, DurationHistogram responses) => new(
        priority, annunciated, Percent(annunciated, all), KpiTargets.ShareOf(priority), responses.Count, responses.Mean(), responses.Quantile(50), responses.Quantile(95));

    private static KpiSuppression SuppressionOf(KpiState state, in KpiCounts counts) => new(
        Suppressed(state, SuppressionStates.Shelved),
        Suppressed(state, SuppressionStates.SuppressedByDesign),
        Suppressed(state, SuppressionStates.OutOfService),
        Age(state, state.Tallies.All.Values.Select(tally => tally.OutOfServiceSince)),
        counts.Shelvings,
        counts.ShelvingsExpired,
        counts.ShelvingsByOperator,
        counts.Shelvings == 0 ? null : new(counts.ShelvedTicks / counts.Shelvings),
        counts.Shelvings == 0 ? null : new(counts.ShelvedTicksMax),
        counts.Hidden);

    private static KpiResponse ResponseOf(KpiState state, in KpiCounts counts) => new(
        counts.Acknowledged,
        counts.RubberStamped,
        counts.ReturnedUnacknowledged,
        state.Tallies.All.Values.Count(tally => tally.IsShownUnacknowledged),
        Age(state, state.Tallies.All.Values.Where(tally => tally.IsShownUnacknowledged).Select(tally => tally.UnacknowledgedSince)));

    private static int Suppressed(KpiState state, SuppressionStates which) => state.Tallies.All.Values.Count(tally => tally.Suppression.HasFlag(which));

    // how long the oldest of some times is ago
    private static TimeSpan? Age(KpiState state, IEnumerable<PlantTime> times)
    {
        var oldest = times.Where(time => time != PlantTime.Zero).DefaultIfEmpty(PlantTime.Never).Min(time => time.Ticks);
        return oldest == PlantTime.Never.Ticks ? null : state.At - new PlantTime(oldest);
    }

    private static double? Percent(long part, long whole) => whole == 0 ? null : 100.0 * part / whole;
}
