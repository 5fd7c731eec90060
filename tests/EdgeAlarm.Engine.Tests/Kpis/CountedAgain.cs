using System.Globalization;

namespace EdgeAlarm.Engine.Tests.Kpis;

/// <summary>
/// The same figures, counted from the whole log each time, one by one and slowly: written from the definitions and not from the code. Durations of the engine's own rules (a bin of
/// ten minutes, 24 hours ...) are numbers here.
/// </summary>
internal sealed class CountedAgain
{
    private const long Second = 10_000_000;
    private const long Bin = 600 * Second;
    private const long Day = 86_400 * Second;

    private readonly List<KpiEvent> _events;
    private readonly List<string> _alarms;
    private readonly List<(long From, long To, int Seen)> _stretches = [];
    private readonly int _sources;
    private readonly long _now;
    private readonly long _begin;

    public CountedAgain(KpiLog log)
    {
        // two may be alike in everything: where Since says nothing it says their place
        _events = [.. log.Steps.OfType<KpiEvent>().Select((e, place) => e.Since == default ? e with { Since = new(place + 1) } : e)];
        _alarms = [.. _events.Where(e => e.Alarm is not null).Select(e => e.Alarm!).Distinct().Order(StringComparer.Ordinal)];
        _sources = log.Sources.Count;
        _now = log.Steps.Select(At).DefaultIfEmpty(0).Max();
        _begin = ((_now / Day) - 29) * Day;
        Stretch(log);
    }

    /// <summary>A line for each figure; null stands for "nothing to say".</summary>
    public IEnumerable<string> Lines()
    {
        var counted = Within(_events.Where(IsCounted)).ToList();
        var bins = Bins(Bin);
        var hours = Bins(6 * Bin);
        var rate = bins.Count == 0 ? (double?)null : (double)bins.Sum(bin => bin.Count) / bins.Count;
        yield return Line("annunciated", counted.Count, counted.Count(e => e.Kind == EventKind.ReAlarmed));
        yield return Line("coverage", Of(_stretches.Sum(s => Overlap(s, _begin, _now) * s.Seen), _stretches.Sum(s => Overlap(s, _begin, _now) * _sources)));
        yield return Line("bins", bins.Count, Wanted(Bin).Count);
        yield return Line("rates", rate * 144, rate * 6, rate);
        yield return Line("beyond", Of(hours.Count(hour => hour.Count > 30), hours.Count), Of(bins.Count(bin => bin.Count > 10), bins.Count));
        yield return Line("peaks", bins.Max(bin => (int?)bin.Count), hours.Max(hour => (int?)hour.Count), counted.GroupBy(e => e.At.Ticks / Day).Max(day => (int?)day.Count()) ?? 0);
        yield return Line("now", counted.Count(e => e.At.Ticks / Bin == _now / Bin), counted.Count(e => e.At.Ticks / Bin == (_now / Bin) - 1), counted.Count(e => e.At.Ticks / (6 * Bin) == _now / (6 * Bin)), counted.Count(e => e.At.Ticks / Day == _now / Day));
        var floods = Floods();
        yield return Line("flood", Of(bins.Sum(bin => floods.Sum(flood => Overlap(flood, bin.From, bin.From + Bin))), bins.Count * Bin));
        var ended = floods.Where(flood => flood.HasEnded && flood.To >= _begin).ToList();
        yield return Line("floods", ended.Count, Of(ended.Sum(InFlood), counted.Count));
        var top = _alarms.Select(alarm => (alarm, counted.Count(e => e.Alarm == alarm))).Where(each => each.Item2 > 0).OrderBy(each => -each.Item2).ThenBy(each => each.alarm, StringComparer.Ordinal).Take(10).ToList();
        yield return Line("top", [.. top.Select(each => (object)$"{each.alarm} {each.Item2}"), Of(top.Sum(each => each.Item2), counted.Count)]);
        yield return Line("nuisances", Within(_events).Where(e => e.Kind == EventKind.ChatteringBegan).Select(e => e.Alarm).Distinct().Count(), _alarms.Count(Fleeted));
        yield return Line("chattering", [.. _alarms.Where(Chatters).Take(10)]);
        yield return Line("stale", [.. _alarms.Where(alarm => IsStale(alarm, _now)).OrderBy(alarm => ActiveSince(alarm, _now)).ThenBy(alarm => alarm, StringComparer.Ordinal).Take(10)]);
        yield return Line("stalest", Midnights().Select(midnight => (Time: midnight, Before: true)).Append((Time: _now, Before: false)).Max(at => _alarms.Count(alarm => IsStale(alarm, at.Time, at.Before))));
        yield return Line("standing", _alarms.Count(alarm => ActiveSince(alarm, _now) is not null && Hides(alarm, _now) == SuppressionStates.None));
        for (var priority = AlarmPriority.Critical; priority < AlarmPriority.Journal; priority++)
        {
            var times = Within(_events.Where(e => e.Kind == EventKind.Acknowledged)).Select(e => (e, Response(e))).Where(each => each.Item2 is not null && PriorityOf(each.e) == priority).Select(each => each.Item2!.Value).Order().ToList();
            var mine = counted.Count(e => e.Priority == priority);
            yield return Line($"{priority}", mine, Of(mine, counted.Count), times.Count, times.Count == 0 ? null : times.Sum() / times.Count, Rank(times, 50), Rank(times, 95));
        }

        var returns = Within(_events.Where(e => e.Kind == EventKind.Returned && e.State is LifecycleState.ReturnedUnacknowledged or LifecycleState.LatchedUnacknowledged && WasCounted(e))).Count(e => e.Kind == EventKind.Returned);
        var acknowledged = Within(_events.Where(e => e.Kind == EventKind.Acknowledged)).ToList();
        yield return Line("response", acknowledged.Count, acknowledged.Count(IsRubberStamp), returns, Of(returns, counted.Count));
        var open = _alarms.Where(alarm => Hides(alarm, _now) == SuppressionStates.None && UnacknowledgedSince(alarm, _events.Count) is not null).ToList();
        yield return Line("open", open.Count, open.Count == 0 ? null : _now - open.Min(alarm => UnacknowledgedSince(alarm, _events.Count)!.Value));
        yield return Line("hidden now", _alarms.Count(a => Hides(a, _now).HasFlag(SuppressionStates.Shelved)), _alarms.Count(a => Hides(a, _now).HasFlag(SuppressionStates.SuppressedByDesign)), _alarms.Count(a => Hides(a, _now).HasFlag(SuppressionStates.OutOfService)));
        var shelves = Within(_events.Where(e => e.Kind == EventKind.Unshelved)).Select(e => (e.Cause, Long: e.At.Ticks - ShelvedAt(e))).ToList();
        yield return Line("shelves", shelves.Count, shelves.Count(s => s.Cause == EventCause.System), shelves.Count(s => s.Cause == EventCause.Operator), shelves.Count == 0 ? null : shelves.Sum(s => s.Long) / shelves.Count, shelves.Max(s => (long?)s.Long));
        yield return Line("excluded", Within(_events).Count(e => IsNew(e) && e.Suppression != SuppressionStates.None && e.Priority != AlarmPriority.Journal), Within(_events).Count(e => IsNew(e) && e.Suppression == SuppressionStates.None && e.Flags.HasFlag(EventFlags.ActiveAtStart) && e.Priority != AlarmPriority.Journal),
            Within(_events).Count(e => e.Priority == AlarmPriority.Journal && (e.Kind == EventKind.ReAlarmed || (IsNew(e) && e.Suppression == SuppressionStates.None))));
    }

    /// <summary>The lines of a report.</summary>
    public static IEnumerable<string> Lines(KpiReport report)
    {
        double? Value(string name) => report[name].Value;
        yield return Line("annunciated", report.Annunciated, report.ReAlarms);
        yield return Line("coverage", report.CoveragePercent);
        yield return Line("bins", report.ValidBins, report.Bins);
        yield return Line("rates", Value("perDay"), Value("perHour"), Value("perTenMinutes"));
        yield return Line("beyond", Value("hoursBeyond"), Value("tenMinutesBeyond"));
        yield return Line("peaks", Value("tenMinutesPeak"), report.HourPeak, report.DayPeak);
        yield return Line("now", report.PresentBin, report.LastBin, report.PresentHour, report.PresentDay);
        yield return Line("flood", Value("flood"));
        yield return Line("floods", report.FloodCount, report.FloodAlarmsPercent);
        yield return Line("top", [.. report.Top.Select(each => (object)$"{each.Alarm} {each.Annunciated}"), Value("topTen")]);
        yield return Line("nuisances", Value("chattering"), Value("fleeting"));
        yield return Line("chattering", [.. report.Chattering]);
        yield return Line("stale", [.. report.Stale]);
        yield return Line("stalest", Value("stalePeak"));
        yield return Line("standing", Value("standing"));
        foreach (var each in report.Priorities)
        {
            yield return Line($"{each.Priority}", each.Annunciated, each.Percent, each.Responses, each.ResponseMean?.Ticks, each.ResponseMedian?.Ticks, each.ResponseP95?.Ticks);
        }

        yield return Line("response", report.Response.Acknowledged, report.Response.RubberStamped, report.Response.ReturnedUnacknowledged, Value("returnedUnacknowledged"));
        yield return Line("open", report.Response.Unacknowledged, report.Response.OldestUnacknowledged?.Ticks);
        yield return Line("hidden now", report.Suppression.Shelved, report.Suppression.SuppressedByDesign, report.Suppression.OutOfService);
        yield return Line("shelves", report.Suppression.Shelvings, report.Suppression.Expired, report.Suppression.ByOperator, report.Suppression.ShelvingMean?.Ticks, report.Suppression.ShelvingMax?.Ticks);
        yield return Line("excluded", report.Suppression.Hidden, report.Excluded.ActiveAtStart, report.Excluded.Journal);
    }

    private static string Line(string name, params object?[] values) => $"{name}: {string.Join(", ", values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)))}";

    private static double? Of(long part, long whole) => whole == 0 ? null : 100.0 * part / whole;

    private static long At(object step) => step is KpiEvent told ? told.At.Ticks : ((PlantTime)step).Ticks;

    public static bool IsCounted(KpiEvent e) => e.Priority != AlarmPriority.Journal
        && (e.Kind == EventKind.ReAlarmed || (IsNew(e) && e.Suppression == SuppressionStates.None && !e.Flags.HasFlag(EventFlags.ActiveAtStart)));

    private IEnumerable<KpiEvent> Within(IEnumerable<KpiEvent> events) => events.Where(e => e.At.Ticks >= _begin);

    private static long Overlap((long From, long To, int Seen) stretch, long from, long to) => Math.Max(0, Math.Min(stretch.To, to) - Math.Max(stretch.From, from));

    private static long Overlap((long From, long To, bool HasEnded) flood, long from, long to) => Overlap((flood.From, flood.To, 0), from, to);

    // what was seen: by what is known of the sources between two signs of life
    private void Stretch(KpiLog log)
    {
        var up = new HashSet<string>();
        long? last = null;
        foreach (var step in log.Steps)
        {
            var told = step as KpiEvent?;
            var isSign = told is null or { Kind: EventKind.GatewayStarted } or { Kind: EventKind.ArmedLost or EventKind.ArmedRestored, Source: not null };
            if (!isSign)
            {
                continue;
            }

            var at = At(step);
            _stretches.Add((last ?? at / Bin * Bin, at, last is null || told is { Kind: EventKind.GatewayStarted } ? 0 : up.Count));
            last = Math.Max(last ?? 0, at);
            if (told is { Kind: EventKind.GatewayStarted })
            {
                up.Clear();
            }
            else if (told is { Source: { } source } change)
            {
                _ = change.Kind == EventKind.ArmedRestored ? up.Add(source) : up.Remove(source);
            }
        }
    }

    private List<long> Wanted(long length)
    {
        var first = _stretches.Where(s => s.To > s.From || s == _stretches[0]).Select(s => s.From / length * length).DefaultIfEmpty(long.MaxValue).Min();
        var until = _stretches.Select(s => s.To).DefaultIfEmpty(0).Max();
        var starts = new List<long>();
        for (var from = Math.Max(first, _begin); from < until && from + length <= _now / Bin * Bin; from += length)
        {
            starts.Add(from);
        }

        return starts;
    }

    // the valid ones: an hour before counting began in it is not seen either
    private List<(long From, int Count)> Bins(long length) =>
    [
        .. Wanted(length)
            .Where(from => _stretches.Sum(s => Overlap(s, from, from + length) * _sources) is > 0 and var wanted
                && _stretches.Sum(s => Overlap(s, from, from + length) * (_sources - s.Seen)) * 10 <= wanted)
            .Select(from => (from, _events.Count(e => IsCounted(e) && e.At.Ticks >= from && e.At.Ticks < from + length))),
    ];

    private List<(long From, long To, bool HasEnded)> Floods()
    {
        var floods = _events.Where(e => e.Kind == EventKind.FloodEnded).Select(e => (e.Since.Ticks, e.At.Ticks, true)).ToList();
        if (_events.FindLast(e => e.Kind is EventKind.FloodBegan or EventKind.FloodEnded) is { Kind: EventKind.FloodBegan } running)
        {
            floods.Add((running.Since.Ticks, _now, false));
        }

        return floods;
    }

    // an alarm that comes with the end of a flood and behind it is none of it
    private int InFlood((long From, long To, bool HasEnded) flood)
    {
        var end = _events.FindIndex(e => e.Kind == EventKind.FloodEnded && e.At.Ticks == flood.To && e.Since.Ticks == flood.From);
        return _events.Take(end).Count(e => IsCounted(e) && e.At.Ticks >= flood.From);
    }

    private IEnumerable<long> Midnights()
    {
        var first = _events.Count == 0 ? _now : Math.Max(_begin, _events[0].At.Ticks / Day * Day);
        for (var midnight = first + Day; midnight <= _now; midnight += Day)
        {
            yield return midnight;
        }
    }

    // what was told of an alarm before midnight counts at midnight, also where the log ends with it
    private List<KpiEvent> Told(string alarm, long time, bool before) => [.. _events.Where(e => e.Alarm == alarm && (before ? e.At.Ticks < time : e.At.Ticks <= time))];

    private long? ActiveSince(string alarm, long time, bool before = false)
    {
        var mine = Told(alarm, time, before);
        var quiet = mine.FindLastIndex(e => e.State is not (LifecycleState.Unacknowledged or LifecycleState.Acknowledged));
        return quiet == mine.Count - 1 ? null : mine[quiet + 1].ConditionTime.Ticks;
    }

    private SuppressionStates Hides(string alarm, long time, bool before = false)
    {
        var mine = Told(alarm, time, before);
        var said = mine.FindLastIndex(e => !IsNew(e));
        return mine.Skip(said + 1).Aggregate(said < 0 ? SuppressionStates.None : mine[said].Suppression, (all, e) => all | e.Suppression);
    }

    private bool IsStale(string alarm, long time, bool before = false) =>
        Hides(alarm, time, before) == SuppressionStates.None && time - ActiveSince(alarm, time, before) > Day;

    // since it began it never rested for five minutes
    private bool Chatters(string alarm)
    {
        var mine = _events.Where(e => e.Alarm == alarm && (IsNew(e) || e.Kind is EventKind.ChatteringBegan or EventKind.ChatteringEnded)).ToList();
        var last = mine.FindLastIndex(e => !IsNew(e));
        if (last < 0 || mine[last].Kind == EventKind.ChatteringEnded)
        {
            return false;
        }

        var comes = mine.Skip(mine.FindLastIndex(last, e => IsNew(e))).Where(e => IsNew(e)).Select(e => e.At.Ticks).Append(_now).ToList();
        return comes.Zip(comes.Skip(1)).All(pair => pair.Second - pair.First < 300 * Second);
    }

    private bool Fleeted(string alarm)
    {
        var mine = _events.Where(e => e.Alarm == alarm).ToList();
        return mine.Select((e, index) => (e, index)).Any(each => each.e.At.Ticks >= _begin
            && each.e.Kind == EventKind.Returned
            && each.e.Flags.HasFlag(EventFlags.Fleeting)
            && WasCounted(each.e)
            && !mine.Skip(each.index + 1)
                .SkipWhile(e => !IsNew(e))
                .Take(1)
                .Any(again => again.ConditionTime.Ticks - each.e.ConditionTime.Ticks <= 60 * Second));
    }

    private static bool IsNew(KpiEvent e) => e.Kind is EventKind.Activated or EventKind.Worsened;

    // what is acknowledged has the priority with which it was annunciated
    private AlarmPriority PriorityOf(KpiEvent told) =>
        _events.Take(_events.IndexOf(told)).Last(e => e.Alarm == told.Alarm && (IsNew(e) || e.Kind == EventKind.ReAlarmed)).Priority;

    // whether the occurrence that an event is about was counted
    private bool WasCounted(KpiEvent told)
    {
        var upTo = _events.IndexOf(told);
        var begin = _events.FindLastIndex(upTo, e => e.Alarm == told.Alarm && IsNew(e));
        return begin >= 0 && _events.Take(upTo).Skip(begin).Any(e => e.Alarm == told.Alarm && IsCounted(e));
    }

    // since when an alarm waits, after the first so many events
    private long? UnacknowledgedSince(string alarm, int count)
    {
        var mine = _events.Take(count).Where(e => e.Alarm == alarm).ToList();
        static bool Waits(KpiEvent e) => e.State is LifecycleState.Unacknowledged or LifecycleState.ReturnedUnacknowledged or LifecycleState.LatchedUnacknowledged;
        if (mine.Count == 0 || !Waits(mine[^1]))
        {
            return null;
        }

        var begin = Math.Max(mine.FindLastIndex(e => !Waits(e)) + 1, mine.FindLastIndex(e => IsNew(e)));
        return mine[begin].At.Ticks;
    }

    private long? Response(KpiEvent told)
    {
        var index = _events.IndexOf(told);
        return UnacknowledgedSince(told.Alarm!, index) is { } since && WasCounted(told) ? told.At.Ticks - since : null;
    }

    private bool IsRubberStamp(KpiEvent told)
    {
        var before = _events.Take(_events.IndexOf(told)).Where(e => e.Kind == EventKind.Acknowledged && (e.By ?? "") == (told.By ?? "")).Reverse().Take(5).ToList();
        return Response(told) < 2 * Second || (before.Count == 5 && told.At.Ticks - before[4].At.Ticks <= 10 * Second);
    }

    private long ShelvedAt(KpiEvent told)
    {
        var mine = _events.Take(_events.IndexOf(told)).Where(e => e.Alarm == told.Alarm).ToList();
        return mine.Skip(mine.FindLastIndex(e => e.Kind is EventKind.Unshelved or EventKind.Withdrawn) + 1).First(e => e.Kind == EventKind.Shelved).Since.Ticks;
    }

    // the nearest rank; what is longer than 31 s is told as the next longer time of four and a half binary digits, but not as more than the longest
    private static long? Rank(List<long> sorted, int percent)
    {
        if (sorted.Count == 0)
        {
            return null;
        }

        var seconds = (sorted[Math.Max(1, (int)Math.Ceiling(sorted.Count * percent / 100m)) - 1] + Second - 1) / Second;
        long step = 1;
        while (seconds > 32 * step)
        {
            step *= 2;
        }

        // what took more than three months is told as the longest
        return seconds > 8_126_464 ? sorted[^1] : Math.Min(sorted[^1], (seconds + step - 1) / step * step * Second);
    }
}
