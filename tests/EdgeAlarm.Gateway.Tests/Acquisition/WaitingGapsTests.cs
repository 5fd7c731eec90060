using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>Gaps that wait for their history, without any server.</summary>
public class WaitingGapsTests
{
    private const int Tags = 5 * GapHistory.WaitingMax;
    private static readonly PlantTime Start = new(10_000_000_000);

    private static readonly OpcUaPlcOptions Options = new()
    {
        Source = "PLC1",
        Client = new() { EndpointUrl = new("opc.tcp://127.0.0.1:4840"), Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None },
        HistoryCatchUp = TimeSpan.Zero,
        Tags = [.. Enumerable.Range(0, Tags).Select(tag => new PlcTag(tag, $"T{tag}", $"i={tag + 1}", TimeSpan.Zero))],
    };

    private readonly RunningPlc.ListLogger _log = new();
    private readonly GapHistory _history;

    public WaitingGapsTests()
    {
        var clock = new PlantClock(TimeProvider.System, Start);
        _history = new(Options, new TagShares(Options, clock), new RecordingSink(), clock, _log);
    }

    // a subscription of many tags was made anew: each tag has its gap, and all of them are the same
    [Fact]
    public async Task Gaps_of_many_tags_with_the_same_interval_wait_as_one()
    {
        for (var tag = 0; tag < Tags; tag++)
        {
            _history.Remember(tag, Start, Time(2));
        }
        _history.Remember(0, Start, Time(3));
        _history.Remember(1, Time(2), Time(3));
        Assert.Equal(3, await ReadAllAsync());
        Assert.DoesNotContain(_log.Lines, line => line.Text.Contains("too many", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gap_of_the_whole_source_holds_those_of_its_tags_and_not_the_other_way_round()
    {
        _history.Remember(null, Start, Time(2));
        _history.Remember(7, Start, Time(2));
        Assert.Equal(1, await ReadAllAsync());
        _history.Remember(7, Start, Time(2));
        _history.Remember(null, Start, Time(2));
        Assert.Equal(2, await ReadAllAsync());
    }

    // the loop goes on remembering gaps while the question runs
    [Fact]
    public void A_gap_that_is_asked_for_waits_no_more_and_takes_no_other_in()
    {
        _history.Remember(0, Start, Time(2));
        _ = _history.AskAsync(TestContext.Current.CancellationToken);
        _history.Remember(1, Start, Time(2));
        Assert.Equal(PlantTime.Zero, _history.DueAt);
    }

    private static PlantTime Time(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    private async Task<int> ReadAllAsync()
    {
        var read = 0;
        for (; _history.DueAt < PlantTime.Never; read++)
        {
            var asked = _history.AskAsync(TestContext.Current.CancellationToken);
            await asked;
            Assert.Null(await _history.TakeAsync(asked, TestContext.Current.CancellationToken));
        }
        return read;
    }
}
