using EdgeAlarm.Engine.Tests.Properties;

namespace EdgeAlarm.Engine.Tests.Kpis;

/// <summary>The definitions of the figures, one by one, at their edges; and what makes wrong numbers elsewhere.</summary>
public class KpiRulesTests
{
    private readonly AlarmKpis _kpis = new();
    private KpiReport? _report;

    public KpiRulesTests()
    {
        _kpis.Configure(["PLC1", "PLC2"]);
        Tell(EventKind.GatewayStarted, 0);
        _kpis.Take(Event(EventKind.ArmedRestored, 0) with { Source = "PLC1" });
        _kpis.Take(Event(EventKind.ArmedRestored, 0) with { Source = "PLC2" });
    }

    private KpiReport Report => _report ??= _kpis.Report();

    [Fact]
    public void Alarm_a_half_hour_for_a_month_is_two_an_hour()
    {
        for (var index = 0; index < 1440; index++)
        {
            Comes((index * 1800) - (12 * 3600) + 1, "A");
        }

        Live(30 * 86_400 - (12 * 3600) - 1);
        Assert.Equal(1440, Report.Annunciated);
        Assert.Equal(2, Report["perHour"].Value!.Value, 2);
        Assert.Equal(KpiGrade.Green, Report["perHour"].Grade);
    }

    [Fact]
    public void Rates_speak_of_valid_bins_alone_and_a_tenth_of_blind_time_is_still_valid()
    {
        // two sources: one of them away for 120 s of 600 are a tenth of what there is to see
        Source(600, "PLC2", up: false);
        Source(720, "PLC2", up: true);
        Comes(650, "A");
        Live(1200);
        Assert.Equal((2, 2), (Report.ValidBins, Report.Bins));
        Source(1300, "PLC2", up: false);
        Source(1421, "PLC2", up: true);
        Comes(1350, "A");
        Live(1800);
        _report = null;
        Assert.Equal((2, 3), (Report.ValidBins, Report.Bins));
        Assert.Equal(0.5, Report["perTenMinutes"].Value);
        Assert.Equal(2, Report.Annunciated);
    }

    [Fact]
    public void Time_since_the_last_sign_of_life_was_not_seen_by_a_gateway_that_starts()
    {
        Live(1200);
        Tell(EventKind.ConfigurationChanged, 4800);
        Tell(EventKind.GatewayStarted, 4800);
        Source(4800, "PLC1", up: true);
        Source(4800, "PLC2", up: true);
        Live(6000);
        Assert.Equal(40, Report.CoveragePercent);
        Assert.Equal((4, 10), (Report.ValidBins, Report.Bins));
    }

    [Fact]
    public void Log_lines_are_not_alarms_and_what_a_restart_finds_is_no_burst()
    {
        Comes(10, "A");
        Tell(EventKind.Acknowledged, 20, "A", LifecycleState.Acknowledged);
        Tell(EventKind.Returned, 30, "A", LifecycleState.Normal);
        Comes(40, "B", flags: EventFlags.ActiveAtStart);
        _kpis.Take(Event(EventKind.Activated, 50) with { Alarm = "C", State = LifecycleState.Acknowledged, Priority = AlarmPriority.Journal });
        Assert.Equal((1, 1, 1), (Report.Annunciated, Report.Excluded.ActiveAtStart, Report.Excluded.Journal));
        Assert.Equal(1, Report.PresentBin);
    }

    [Fact]
    public void Alarm_that_is_shown_when_its_shelving_ends_is_one_annunciation_and_was_hidden_once()
    {
        _kpis.Take(Event(EventKind.Shelved, 5) with { Alarm = "A", Suppression = SuppressionStates.Shelved, Since = PlantRig.At(5), Priority = AlarmPriority.High });
        _kpis.Take(Event(EventKind.Activated, 10) with { Alarm = "A", State = LifecycleState.Unacknowledged, Suppression = SuppressionStates.Shelved, Priority = AlarmPriority.High });
        Assert.Equal((0, 1, 1), (Report.Annunciated, Report.Suppression.Hidden, Report.Suppression.Shelved));
        Tell(EventKind.Unshelved, 65, "A", LifecycleState.Unacknowledged);
        Comes(65, "A");
        _report = null;
        Assert.Equal((1, 1, 0), (Report.Annunciated, Report.Suppression.Hidden, Report.Suppression.Shelved));
        Assert.Equal(TimeSpan.FromSeconds(60), Report.Suppression.ShelvingMax);
        Assert.Equal((1, 1, 0), (Report.Suppression.Shelvings, Report.Suppression.Expired, Report.Suppression.ByOperator));
    }

    [Fact]
    public void Alarm_is_stale_when_it_was_active_for_longer_than_a_day_and_not_yet_at_a_day()
    {
        Comes(0, "A");
        Live(86_400);
        Assert.Empty(Report.Stale);
        Live(86_400.001);
        _report = null;
        Assert.Equal(["A"], Report.Stale);
        Assert.Equal((1, KpiGrade.Amber), (Report["stale"].Value, Report["stale"].Grade));
        _kpis.Take(Event(EventKind.Shelved, 86_401) with { Alarm = "A", State = LifecycleState.Unacknowledged, Suppression = SuppressionStates.Shelved });
        _report = null;
        Assert.Empty(Report.Stale);
    }

    [Fact]
    public void Fleeting_alarm_that_comes_again_within_a_minute_chatters_and_is_not_fleeting()
    {
        Comes(0, "A");
        Tell(EventKind.Returned, 5, "A", LifecycleState.ReturnedUnacknowledged, flags: EventFlags.Fleeting);
        Assert.Equal(1, Report["fleeting"].Value);
        Comes(65, "A");
        _report = null;
        Assert.Equal(0, Report["fleeting"].Value);
        Tell(EventKind.Returned, 70, "A", LifecycleState.ReturnedUnacknowledged, flags: EventFlags.Fleeting);
        Comes(130.001, "A");
        _report = null;
        Assert.Equal(1, Report["fleeting"].Value);
    }

    [Fact]
    public void Top_ten_with_ties_goes_by_count_and_then_by_id()
    {
        foreach (var alarm in (string[])["L", "K", "J", "I", "H", "G", "F", "E", "D", "C", "B", "B"])
        {
            Comes(10, alarm);
        }

        Assert.Equal(["B", "C", "D", "E", "F", "G", "H", "I", "J", "K"], Report.Top.Select(each => each.Alarm));
        Assert.Equal(2 * 100.0 / 12, Report.Top[0].Percent);
        Assert.Equal(11 * 100.0 / 12, Report["topTen"].Value);
    }

    [Fact]
    public void Three_activations_at_the_edge_of_a_minute_chatter()
    {
        var log = EngineLog([0, 30, 60], [10, 40]);
        Assert.Equal(1, log["chattering"].Value);
        Assert.Equal(["A0"], log.Chattering);
        Assert.Equal(0, EngineLog([0, 30, 60.001], [10, 40])["chattering"].Value);
    }

    [Fact]
    public void Nine_alarms_in_ten_minutes_are_no_flood_ten_are_and_fewer_than_five_end_it()
    {
        Assert.Null(EngineLog([.. Enumerable.Range(0, 9).Select(index => index * 60.0)], [.. Enumerable.Range(0, 8).Select(index => (index * 60.0) + 30)]).Flood);
        double[] comes = [.. Enumerable.Range(0, 10).Select(index => index * 60.0)];
        double[] goes = [.. comes.Select(time => time + 30)];
        var flood = EngineLog(comes, goes).Flood!;
        Assert.Equal((PlantRig.At(0), 10), (flood.Since, flood.Alarms));
        var over = EngineLog(comes, goes, until: 3600);
        // four are left when the fifth last, at 300 s, is ten minutes old
        Assert.Equal([new KpiFlood(PlantRig.At(0), PlantRig.At(900), 10)], over.Floods);
        Assert.Equal(900 * 100.0 / 3600, over["flood"].Value);
    }

    [Fact]
    public void Late_alarm_counts_when_it_was_annunciated_and_its_priority_is_that_of_then()
    {
        _kpis.Take(Event(EventKind.Activated, 1300) with { Alarm = "A", State = LifecycleState.Unacknowledged, Priority = AlarmPriority.Low, ConditionTime = PlantRig.At(100) });
        _kpis.Take(Event(EventKind.Acknowledged, 1310) with { Alarm = "A", State = LifecycleState.Acknowledged, Priority = AlarmPriority.Critical, By = "operator1" });
        Assert.Equal(1, Report.PresentBin);
        Assert.Equal((0, 1), (Report.Priorities[0].Annunciated, Report.Priorities[3].Annunciated));
        Assert.Equal(TimeSpan.FromSeconds(10), Report.Priorities[3].ResponseMedian);
    }

    [Fact]
    public void Acknowledgements_that_nobody_can_have_thought_about_are_counted()
    {
        for (var index = 0; index < 7; index++)
        {
            Comes(index, $"A{index}");
        }

        for (var index = 0; index < 7; index++)
        {
            _kpis.Take(Event(EventKind.Acknowledged, 20 + index) with { Alarm = $"A{index}", State = LifecycleState.Acknowledged, By = "operator1" });
        }

        // the sixth and seventh within ten seconds
        Assert.Equal((7, 2), (Report.Response.Acknowledged, Report.Response.RubberStamped));
        Comes(100, "B");
        _kpis.Take(Event(EventKind.Acknowledged, 101.9) with { Alarm = "B", State = LifecycleState.Acknowledged, By = "operator2" });
        _report = null;
        Assert.Equal((8, 3), (Report.Response.Acknowledged, Report.Response.RubberStamped));
    }

    [Fact]
    public void What_was_counted_more_than_a_period_ago_is_gone_and_costs_no_memory()
    {
        var never = new KpiRulesTests();
        _kpis.Take(Event(EventKind.Activated, 10) with { Alarm = "A", State = LifecycleState.Acknowledged, Priority = AlarmPriority.High });
        Tell(EventKind.Returned, 20, "A");
        Live(86_400 * 29);
        never.Live(86_400 * 29);
        Assert.Equal(1, Report.Annunciated);
        Assert.True(Size() > never.Size());
        Live(86_400 * 30);
        never.Live(86_400 * 30);
        _report = null;
        Assert.Equal(0, Report.Annunciated);
        Assert.Empty(Report.Top);
        Assert.Equal(never.Size(), Size());
    }

    [Fact]
    public void Signs_of_life_allocate_nothing()
    {
        Comes(10, "A");
        Live(700);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var second = 700; second < 43_000; second++)
        {
            _kpis.Advance(PlantRig.At(second));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static KpiEvent Event(EventKind kind, double at) => new() { Kind = kind, At = PlantRig.At(at), ConditionTime = PlantRig.At(at), Cause = EventCause.System };

    private static KpiReport EngineLog(double[] comes, double[] goes, double? until = null)
    {
        var steps = new List<object> { new EpochStarted(PlantRig.At(0), PlantRig.Epoch, null, 0, "first"), new GatewayStarted(PlantRig.At(0), default, false), new SourceUp(PlantRig.At(0), 0, SourceRecovery.Connected) };
        steps.AddRange(comes.Select(at => (at, value: 95.0)).Concat(goes.Select(at => (at, value: 50.0))).OrderBy(each => each.at)
            .SelectMany(each => (object[])[PlantRig.SampleOf(0, TagValue.From(each.value), each.at, null), new Tick(PlantRig.At(each.at))]));
        for (var at = steps.OfType<Tick>().Last().At; until is { } end && at < PlantRig.At(end); at += TimeSpan.FromSeconds(30))
        {
            steps.Add(new Tick(at + TimeSpan.FromSeconds(30)));
        }

        // the value before the first is normal: what is active at a start is counted apart
        steps.Insert(3, PlantRig.SampleOf(0, TagValue.From(50.0), 0, null));
        var log = KpiLogs.Of(new PlantStory(Plants.With(Plants.Alarm()), steps));
        return (log with { Sources = ["PLC1"] }).Fold().Report();
    }

    private int Size()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        _kpis.WriteSnapshot(output);
        return output.WrittenCount;
    }

    private void Comes(double at, string alarm, EventFlags flags = EventFlags.None) =>
        _kpis.Take(Event(EventKind.Activated, at) with { Alarm = alarm, State = LifecycleState.Unacknowledged, Priority = AlarmPriority.High, Flags = flags });

    private void Tell(EventKind kind, double at, string? alarm = null, LifecycleState state = LifecycleState.Normal, EventFlags flags = EventFlags.None) =>
        _kpis.Take(Event(kind, at) with { Alarm = alarm, State = state, Flags = flags, Priority = AlarmPriority.High, By = alarm is null ? null : "operator1" });

    private void Source(double at, string name, bool up) => _kpis.Take(Event(up ? EventKind.ArmedRestored : EventKind.ArmedLost, at) with { Source = name });

    private void Live(double at) => _kpis.Advance(PlantRig.At(at));
}
