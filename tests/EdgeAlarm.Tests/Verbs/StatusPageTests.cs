using EdgeAlarm.Composition;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Verbs;

namespace EdgeAlarm.Tests.Verbs;

/// <summary>What <c>edgealarm status</c> shows of a bad night.</summary>
public sealed class StatusPageTests
{
    private const int NobodysProcess = int.MaxValue;
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Conditions_stand_with_name_and_words_and_refused_tags_by_name_within_80_columns()
    {
        var lines = StatusPage.Lines(Night(), isRunning: true, 80).ToList();

        Assert.All(lines, line => Assert.InRange(line.Length, 1, 80));
        var text = string.Join(' ', lines.Select(line => line.Trim()));
        Assert.Contains("SYS_CHANGE_NOT_NOTIFIED.PLC1.1", text, StringComparison.Ordinal);
        Assert.Contains("PLC1 did not notify a change of LT101; it was found by reading, and the items are made anew", text, StringComparison.Ordinal);
        Assert.Contains("NOT MONITORED, BadNodeIdUnknown (0x80340000): PT102, TT103", text, StringComparison.Ordinal);
        Assert.Contains("running, process", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_is_wider_than_the_page_stands_whole()
    {
        var name = new string('x', 120);
        Assert.Contains(StatusPage.Lines(Night() with { Conditions = [new(name, "d", Now.UtcDateTime)] }, isRunning: true, 80), line => line.Contains(name, StringComparison.Ordinal));
    }

    // twenty names of five hundred refused tags once made twenty of them
    [Fact]
    public void Counts_are_those_of_the_plant_and_what_is_not_named_is_said()
    {
        string[] names = [.. Enumerable.Range(0, 20).Select(index => $"T{index}")];
        var night = Night();
        var report = night with
        {
            Alarms = 900,
            NotArmedCount = 800,
            NotArmedReasons = 3,
            NotArmed = [new("bad quality BadSensorFailure", 700, names), new("shelved by operator1", 60, names)],
            StandingCount = 300,
            ConditionCount = 5,
            Sources = [night.Sources[0] with { NotMonitored = [new("BadNodeIdUnknown (0x80340000)", 500, names)] }],
        };
        var text = string.Join(' ', StatusPage.Lines(report, isRunning: true, 80).Select(line => line.Trim()));
        Assert.Contains("NOT MONITORED, BadNodeIdUnknown (0x80340000): T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11 and 488 more", text, StringComparison.Ordinal);
        Assert.Contains("armed     100 of 900 alarms", text, StringComparison.Ordinal);
        Assert.Contains("T11 and 688 more", text, StringComparison.Ordinal);
        Assert.Contains("NOT ARMED, for 1 further reasons: 40 alarms", text, StringComparison.Ordinal);
        Assert.Contains("and 299 more", text, StringComparison.Ordinal);
        Assert.Contains("and 4 more", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Armed_and_reaching_the_centre_are_two_facts()
    {
        var lines = StatusPage.Lines(Night() with { Armed = new(Armed: false, "the disk is full", ReachesCentre: false, "no broker at broker1:8883") }, isRunning: true, 80).ToList();
        Assert.Contains("gateway   NOT ARMED: the disk is full", lines);
        Assert.Contains("centre    NOT REACHED: no broker at broker1:8883", lines);
    }

    [Fact]
    public void Figures_have_their_target_beside_them_and_a_word_of_the_traffic_light()
    {
        var kpis = new AlarmKpis();
        kpis.Configure(["PLC1"]);
        var begin = new PlantTime(Now.UtcTicks);
        kpis.Take(new() { Kind = EventKind.ArmedRestored, At = begin, ConditionTime = begin, Cause = EventCause.System, Source = "PLC1" });
        for (var index = 0; index < 24; index++)
        {
            var at = begin + TimeSpan.FromMinutes(index);
            kpis.Take(new() { Kind = EventKind.Activated, At = at, ConditionTime = at, Cause = EventCause.Process, Alarm = $"A{index % 3}", Priority = AlarmPriority.Low, State = LifecycleState.Acknowledged });
        }

        kpis.Advance(begin + TimeSpan.FromHours(1));
        var lines = StatusPage.Lines(Night() with { Kpis = StatusKpis.Of(kpis.Report()) }, isRunning: true, 80).ToList();
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 80));
        var text = string.Join('\n', lines);
        Assert.Contains("RED         24  alarms an hour (target 6, limit 12)", text, StringComparison.Ordinal);
        Assert.Contains("GREEN       10  alarms in the worst ten minutes (target 10)", text, StringComparison.Ordinal);
        Assert.Contains(" 1. A0  8 of 24, 33.3 %", text, StringComparison.Ordinal);
        Assert.Contains("100 % of the time seen", string.Join(' ', lines.Select(line => line.Trim())), StringComparison.Ordinal);
    }

    // the word of a gateway that was killed stays fresh for seconds
    [Fact]
    public void A_gateway_that_was_killed_does_not_run_though_its_last_word_is_fresh()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("edgealarm-status-").FullName);
        try
        {
            folder.Create();
            Assert.True(Liveness.IsRunning(Night(), folder, Now));
            Assert.False(Liveness.IsRunning(Night() with { ProcessId = NobodysProcess }, folder, Now));
            Assert.False(Liveness.IsRunning(Night(), folder, Now + TimeSpan.FromSeconds(6)));

            // one in another container has no process here, and its lock
            using (DataFolderLock.Take(folder))
            {
                Assert.True(Liveness.IsRunning(Night() with { ProcessId = NobodysProcess }, folder, Now));
            }

            Assert.False(Liveness.IsRunning(Night() with { ProcessId = NobodysProcess }, folder, Now));
        }
        finally
        {
            Directory.Delete(folder.Root, recursive: true);
        }
    }

    private static StatusReport Night() => new()
    {
        Site = "plant1",
        Gateway = "gw1",
        Version = "1.0",
        ProcessId = Environment.ProcessId,
        At = Now,
        Epoch = Guid.Empty,
        LastSeq = 12,
        Samples = 3,
        Alarms = 2,
        NotArmedCount = 1,
        NotArmedReasons = 1,
        NotArmed = [new("not monitored: BadNodeIdUnknown", 1, ["PT102_HI"])],
        Armed = new(Armed: true, null, ReachesCentre: true, null),
        StandingCount = 1,
        ConditionCount = 1,
        Kpis = null,
        Standing = [new("LT101_HIHI", "Unacknowledged", "Critical", "Tank T-101 is about to overflow: close XV-101 and look at the dike", Now.UtcDateTime)],
        Conditions = [new("SYS_CHANGE_NOT_NOTIFIED.PLC1.1", "PLC1 did not notify a change of LT101; it was found by reading, and the items are made anew", Now.UtcDateTime)],
        Sources =
        [
            new("PLC1", "opc.tcp://127.0.0.1:4840", "Live", "", 1, 1, 1, 3, [new("BadNodeIdUnknown (0x80340000)", 2, ["PT102", "TT103"])], 4, 10, 1.5, 0, 0, 0),
        ],
        Outbox = new(0, 0, 0, Refilling: false),
        Uplink = new(Connected: true, 12, 0, null, null),
    };
}
