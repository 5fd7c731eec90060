using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Gateway.Tests.Configuration;
using EdgeAlarm.Gateway.Tests.Recorder;
using EdgeAlarm.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.Gateway.Tests.Alarming;

/// <summary>A gateway's pump on a temporary folder in virtual time, with one PLC of two tags.</summary>
internal sealed class PumpFixture(string? folder = null) : IAsyncDisposable
{
    public static readonly AlarmConfiguration Alarms = new(
        [new("PLC1")],
        [new("LT101", 0, "%"), new("LT102", 0, "%")],
        [
            new("LT101_HI", 0, "Tank farm", "Level high", ConditionType.Hi, 90, 2, TimeSpan.Zero, TimeSpan.Zero, BadQualityPolicy.Hold, AlarmPriority.High, "process", true),
            new("LT102_HI", 1, "Tank farm", "Level high", ConditionType.Hi, 90, 2, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3), BadQualityPolicy.Hold, AlarmPriority.High, "process", true),
        ]);

    private readonly TemporaryFolder _folder = new();
    private uint _sequence;

    public SteppedTime Time { get; } = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    public string Folder => folder ?? _folder.Path;

    public DataFolder Data => new(Folder);

    public EnginePump Pump { get; private set; } = null!;

    public List<StoredEvent> Delivered { get; } = [];

    public JournalOptions Journal { get; set; } = new() { PacksSealed = false };

    public IDisk Disk { get; set; } = UnflushedDisk.Instance;

    public AlarmConfiguration Configured { get; set; } = Alarms;

    public TimeSpan SnapshotInterval { get; set; } = TimeSpan.FromSeconds(20);

    public SpaceOptions? Space { get; set; }

    public RecorderSettings Recorder { get; set; } = new(TimeSpan.FromDays(7), long.MaxValue);

    public static PumpFixture Started()
    {
        var fixture = new PumpFixture();
        fixture.Open();
        return fixture;
    }

    public void Open()
    {
        Pump = EnginePump.Open(
            new()
            {
                DataFolder = Folder,
                Configuration = NormalisedConfiguration.Create("plant1", "gw1", Configured),
                Journal = Journal,
                Disk = Disk,
                SnapshotInterval = SnapshotInterval,
                Recorder = Recorder,
                Space = Space,
            },
            Time,
            NullLogger<EnginePump>.Instance);
        Pump.Committed = batch => Delivered.AddRange(batch.ToArray());
        _sequence = 0;
    }

    public async Task RestartAsync(TimeSpan down)
    {
        await Pump.DisposeAsync();
        Time.Advance(down);
        Open();
    }

    public void Turn(TimeSpan later = default)
    {
        Time.Advance(later);
        Pump.TurnOnce(Pump.Clock.Now);
        Pump.FlushAndDeliver();
    }

    public async Task ConnectAsync(SourceRecovery how = SourceRecovery.Connected)
    {
        var sink = Pump.Inbox.CreateSink(0);
        await sink.SourceUpAsync(how, CancellationToken.None);
        await sink.ClockMeasuredAsync(TimeSpan.Zero, true, CancellationToken.None);
        await sink.TagMonitoredAsync(0, Quality.Good, CancellationToken.None);
        await sink.TagMonitoredAsync(1, Quality.Good, CancellationToken.None);
        _sequence = 0;
    }

    public Task SendAsync(int tag, double value) => SendAsync(SampleOf(tag, value));

    public Task SendAsync(params Sample[] samples) => SendAsync(new PlcNotification(7, ++_sequence, Pump.Clock.Now, false, samples));

    public async Task SendAsync(PlcNotification message) => await Pump.Inbox.CreateSink(0).NotificationAsync(message, CancellationToken.None);

    public Sample SampleOf(int tag, double value)
    {
        var wall = Pump.Clock.WallClock;
        return new(tag, TagValue.From(value), Quality.Good, wall, wall, wall, Pump.Clock.Now);
    }

    public List<EventMessage> Recorded()
    {
        var reader = new JournalReader(Data);
        var epochs = reader.ReadRecords().Where(record => record.Input is EpochStarted).Select(record => ((EpochStarted)record.Input!).Epoch);
        return [.. epochs.SelectMany(epoch => reader.ReadEvents(epoch, 1)).Select(stored => EventJson.Parse(stored.Payload.Span))];
    }

    public async ValueTask DisposeAsync()
    {
        await Pump.DisposeAsync();
        _folder.Dispose();
    }
}
