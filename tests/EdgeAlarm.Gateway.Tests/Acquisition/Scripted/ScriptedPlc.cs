using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.TestServers.Scripted;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>A PLC connection and a scripted server, both in virtual time: time passes only where a test lets it, and nothing sleeps.</summary>
internal sealed class ScriptedPlc : IAsyncDisposable
{
    /// <summary>The tags, by which names the server knows its nodes, too.</summary>
    public static readonly IReadOnlyList<string> Tags = ["LT101", "PT102", "TT103"];

    private static readonly TimeSpan RealMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(4);
    private const int LateMax = 20;
    private RunningPlc? _plc;

    public ScriptedPlc(FakeTimeProvider? time = null)
    {
        Time = time ?? new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 6, 0, 0, TimeSpan.Zero));
        Server = new ScriptedServer(Time, TimeSpan.FromSeconds(1));
        foreach (var tag in Tags)
        {
            Server.Set(tag, 0);
        }
    }

    public FakeTimeProvider Time { get; }

    public ScriptedServer Server { get; }

    public RecordingSink Sink => _plc!.Sink; // after Start

    public RunningPlc.ListLogger Log => _plc!.Log; // after Start

    public SourceStatus Status => _plc!.Status; // after Start

    /// <summary>What every value of a tag that came was.</summary>
    public IReadOnlyList<double> Values(int tag = 0) => [.. Sink.Samples.Where(sample => sample.Tag == tag).Select(sample => sample.Value.AsNumber())];

    /// <summary>Starts the connection.</summary>
    public void Start(Func<OpcUaPlcOptions, OpcUaPlcOptions>? adapt = null)
    {
        var options = new OpcUaPlcOptions
        {
            Source = "PLC1",
            Client = new() { EndpointUrl = Server.Url, Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None },
            Publishing = TimeSpan.FromMilliseconds(100),
            KeepAliveEvery = TimeSpan.FromSeconds(2),
            Tags = [.. Tags.Select((tag, index) => new PlcTag(index, tag, $"nsu=urn:scripted:plant;s={tag}", TimeSpan.FromMilliseconds(100)))],
        };
        _plc = new RunningPlc(adapt?.Invoke(options) ?? options, Time);
    }

    /// <summary>Starts the connection and waits until it is up and every tag has its first sample.</summary>
    public async Task StartLiveAsync(Func<OpcUaPlcOptions, OpcUaPlcOptions>? adapt = null)
    {
        Start(adapt);
        await SeenAsync(sink => sink.Samples.Select(sample => sample.Tag).Distinct().Count() == Tags.Count, "the first sample of every tag");
    }

    /// <summary>Waits for what comes without any time passing.</summary>
    public Task SeenAsync(Func<RecordingSink, bool> holds, string what) => Sink.UntilAsync(holds, what);

    /// <summary>Lets time pass until something holds; each step only when nothing moves any more.</summary>
    public async Task UntilAsync(Func<RecordingSink, bool> holds, string what, TimeSpan? within = null, TimeSpan? step = null)
    {
        var limit = Time.GetUtcNow() + (within ?? TimeSpan.FromMinutes(3));
        var since = TimeProvider.System.GetTimestamp();
        while (!holds(Sink))
        {
            var entries = Sink.Entries;
            Assert.True(
                Time.GetUtcNow() < limit && TimeProvider.System.GetElapsedTime(since) < RealMax,
                $"not seen in time: {what}; entries: {string.Join("; ", entries.TakeLast(20))}; log: {string.Join("; ", Log.Lines.TakeLast(5).Select(line => line.Text))}; server: {string.Join("; ", Server.Violations)}");
            await StepAsync(step ?? TimeSpan.FromMilliseconds(200));
        }
    }

    /// <summary>Lets so much time pass.</summary>
    public async Task PassAsync(TimeSpan duration, TimeSpan? step = null)
    {
        var end = Time.GetUtcNow() + duration;
        while (Time.GetUtcNow() < end)
        {
            await StepAsync(step ?? TimeSpan.FromMilliseconds(200));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Server.Cut();
        Server.Refuse(true);
        if (_plc is not null)
        {
            var ending = _plc.DisposeAsync().AsTask();
            while (!ending.IsCompleted)
            {
                await StepAsync(TimeSpan.FromSeconds(1));
            }

            await ending;
        }

        await Server.DisposeAsync();
    }

    private long Activity => Server.Messages + (_plc?.Sink.Entries.Count ?? 0) + (_plc?.Log.Lines.Count ?? 0);

    // a pause that took far longer than it should was no pause for those who wait for the same two cores
    private async Task StepAsync(TimeSpan step)
    {
        var (before, late, wasLate) = (0L, 0, false);
        do
        {
            before = Activity;
            var since = TimeProvider.System.GetTimestamp();
            await Task.Delay(Quiet, TimeProvider.System);
            wasLate = TimeProvider.System.GetElapsedTime(since) > Quiet * 2;
        }
        while (Activity != before || (wasLate && late++ < LateMax));
        Time.Advance(step);
    }
}
