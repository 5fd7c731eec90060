using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Outbox;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Gateway.Uplink;
using EdgeAlarm.TestServers.Disk;
using EdgeAlarm.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.Simulation.World;

/// <summary>A plant PC with the real pump, recorder, outbox and uplink, put together as the executable does it.</summary>
internal sealed class SimulatedGateway(SimulatedWorld world, SimulatedBroker broker, SimulatedPlc plc, MachineClock clock, string folder, AlarmConfiguration alarms, GatewayWatch watch)
{
    private readonly NormalisedConfiguration _configuration = NormalisedConfiguration.Create("plant1", "gw1", alarms);
    private readonly bool _packs = world.Happens(0.25);
    private GatewayProcess? _process;
    private bool _isDiskDead;

    public SimulatedDisk Disk { get; private set; } = new();

    public string Folder => folder;

    public GatewayProcess? Process => _process;

    /// <summary>Whether the disk takes nothing.</summary>
    public bool IsDiskDead
    {
        get => _isDiskDead;
        set
        {
            _isDiskDead = value;
            Disk.Fault = Refuse;
        }
    }

    /// <summary>Starts the process, where it can start.</summary>
    public void Start()
    {
        Assert.Null(_process);
        var life = new Life(world, "gateway", clock);
        try
        {
            var pump = EnginePump.Open(
                new()
                {
                    DataFolder = folder,
                    Configuration = _configuration,
                    Disk = Disk,
                    Journal = new() { SegmentSizeMax = 20_000, PacksSealed = _packs },
                    SnapshotInterval = TimeSpan.FromSeconds(15),
                    Chance = new(world.Random.Next()),
                },
                life.Time,
                NullLogger<EnginePump>.Instance);
            _process = Put(life, pump);
        }
        catch (Exception failure) when (failure is IOException or JournalFailure or DataFolderUnusable && (Disk.IsCut || IsDiskDead))
        {
            // it exits; whoever watches over it starts it again
            life.Kill();
        }
    }

    /// <summary>The process dies at any moment, without a goodbye.</summary>
    /// <param name="isMachineGone">Whether the machine goes with it: then nobody tells the broker, and the disk keeps what it likes of what was not flushed.</param>
    public void Kill(bool isMachineGone)
    {
        if (_process is { } process)
        {
            _process = null;
            Disk.Stop();
            watch.Died(process.Pump.Recorder.Memory is not null);
            plc.Disconnect();
            process.Kill(isMachineGone);
        }

        if (isMachineGone)
        {
            Disk.CutAndRestore();
            // chance of its own: how much LiteDB's own thread had written by then is no matter of the seed
            OutboxAccident.LosePower(Path.Combine(folder, "outbox"), new(world.Random.Next()));
        }

        Disk.Start();
    }

    /// <summary>Ends in order.</summary>
    public void Stop()
    {
        var process = _process!;
        process.Stop();
        plc.Disconnect();
        _process = null;
    }

    /// <summary>Another disk image takes the place of the folder; nobody runs on it.</summary>
    public void Restore(string image)
    {
        Directory.Delete(folder, recursive: true);
        FolderCopy.Make(image, folder);
        Disk = new();
        Disk.Adopt(folder, file => !file.StartsWith(Path.Combine(folder, "outbox"), StringComparison.Ordinal));
        Disk.Fault = Refuse;
    }

    private IOException? Refuse(DiskStep step, string path) => _isDiskDead && step is (DiskStep.Write or DiskStep.Flush or DiskStep.Create) ? new("Input/output error") : null;

    private GatewayProcess Put(Life life, EnginePump pump)
    {
        var outbox = new EventOutbox(
            new OutboxOptions { Folder = Path.Combine(folder, "outbox") },
            new OutboxSource([.. pump.Reader.Epochs().Select(epoch => new OutboxRange(epoch.Epoch, epoch.First, epoch.Last))], pump.Reader.ReadEvents),
            life.Time,
            NullLogger<EventOutbox>.Instance,
            pump.Inbox.RaiseSystemCondition);
        var uplink = new MqttUplink(
            new UplinkOptions { Site = "plant1", Gateway = "gw1", Mqtt = new() { Host = "simulated", Port = 1883, Tls = false, Window = 20 }, Receipt = ReceiptMode.Historian, Version = "1", UnconfirmedMax = 100 },
            outbox,
            life.Time,
            NullLogger<MqttUplink>.Instance,
            pump.Inbox.RaiseSystemCondition,
            (epoch, through, _) => pump.Inbox.ForkDetected(epoch, through),
            pump.Inbox.CommandAsync)
        {
            Chance = new(world.Random.Next()),
            Open = (options, inbox, _, will, wake, token) => GatewayLink.OpenAsync(broker, life, options, inbox, will, wake, token),
        };
        pump.Committed = events =>
        {
            if (!Disk.IsCut)
            {
                watch.Told(events.Span);
                outbox.Offer(events);
                uplink.Offer(events);
            }
        };
        var process = new GatewayProcess(world, broker, life, pump, outbox, uplink) { Folder = folder };
        process.Died = () => Kill(isMachineGone: world.Happens(0.5));
        process.Turned = () => watch.Look(pump.Recorder.Memory is not null);
        process.IsDiskGone = () => Disk.IsCut;
        plc.Connect(pump);
        return process;
    }
}
