using EdgeAlarm.Composition;
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
        NotArmed = [new("PT102_HI", "PT102", "not monitored: BadNodeIdUnknown")],
        Standing = [new("LT101_HIHI", "Unacknowledged", "Critical", "Tank T-101 is about to overflow: close XV-101 and look at the dike", Now.UtcDateTime)],
        Conditions = [new("SYS_CHANGE_NOT_NOTIFIED.PLC1.1", "PLC1 did not notify a change of LT101; it was found by reading, and the items are made anew", Now.UtcDateTime)],
        Sources =
        [
            new("PLC1", "opc.tcp://127.0.0.1:4840", "Live", "", 1, 1, 1, 3, [new("PT102", "BadNodeIdUnknown (0x80340000)"), new("TT103", "BadNodeIdUnknown (0x80340000)")], 4, 10, 1.5, 0, 0, 0),
        ],
        Outbox = new(0, 0, 0, Refilling: false),
        Uplink = new(Connected: true, 12, 0, null, null),
    };
}
