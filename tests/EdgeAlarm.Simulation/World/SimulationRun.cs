using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Simulation.World;

/// <summary>
/// A plant, its gateway, the broker and the centre through a time of faults: one seed draws the plant, what happens in it, which classes of faults there are and how often. Then the faults stop, everything
/// has to drain, and the judge looks.
/// </summary>
internal sealed class SimulationRun : IDisposable
{
    private readonly TemporaryFolder _folder = new("world", inMemory: true);
    private readonly SimulatedWorld _world;
    private readonly MachineClock _gatewayClock;
    private readonly SimulatedBroker _broker;
    private readonly SimulatedDatabase _database;
    private readonly SimulatedHistorian _historian;
    private readonly SimulatedPlc _plc;
    private readonly GatewayWatch _watch;
    private readonly Judge _judge;
    private readonly SimulatedGateway _gateway;
    private readonly Dictionary<Fault, TimeSpan> _faults = [];
    private readonly int _seed;
    private bool _isCalm;
    private bool _isImageWanted;

    public SimulationRun(int seed, params Fault[] faults)
    {
        _seed = seed;
        _world = new(seed);
        foreach (var fault in faults.Length > 0 ? faults : [.. Enum.GetValues<Fault>().Where(_ => _world.Happens(0.4))])
        {
            _faults[fault] = TimeSpan.FromSeconds(Math.Exp(Math.Log(15) + (_world.Random.NextDouble() * Math.Log(16))));
        }

        _gatewayClock = new(_world, _world.Random.Next(-100, 100));
        _broker = new(_world);
        _database = new(_folder.FullName);
        _historian = new(_world, _broker, _database, new(_world, _world.Random.Next(-100, 100)), receipt => _judge!.Hear(receipt));
        var tags = _world.Random.Next(1, 6);
        _plc = new(_world, tags);
        _watch = new(_world, _plc);
        _judge = new(_watch, _plc, _database);
        _gateway = new(_world, _broker, _plc, _gatewayClock, _folder.File("gateway"), Plant.Configure(tags), _watch);
    }

    /// <summary>Events that were told.</summary>
    public int Told => _watch.TheTold.Count;

    /// <summary>Receipts that were found true.</summary>
    public int Receipts => _judge.Receipts;

    /// <summary>Runs it to its end.</summary>
    public void Run()
    {
        try
        {
            _historian.Start();
            _gateway.Start();
            Repeat(() => TimeSpan.FromSeconds(2), LookAround);
            Repeat(() => _world.Around(TimeSpan.FromSeconds(8)), Operate);
            Repeat(() => TimeSpan.FromSeconds(40), _broker.Save);
            _world.Run(TimeSpan.FromSeconds(10));
            foreach (var (fault, every) in _faults)
            {
                Repeat(() => _world.Around(every), () => Happen(fault));
            }

            _world.Run(_world.Between(60_000, 480_000));
            Calm();
            _world.Run(TimeSpan.FromSeconds(20));
            _plc.IsRunning = false;
            _world.Run(TimeSpan.FromMinutes(30), IsDrained);
            Assert.True(IsDrained(), $"it does not drain: {string.Join("; ", _gateway.Process?.Pump.State.Conditions.Select(condition => condition.Name + " " + condition.Detail) ?? [])} {_gateway.Process?.Uplink.State} {string.Join(", ", _gateway.Process?.Outbox.State.Epochs ?? [])}");
            _judge.Check(_gateway.Process!);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(
                $"seed {_seed}, after {_world.Now.TotalSeconds:0.000} s, faults {string.Join(", ", _faults.Keys)}: {failure.Message}\n{string.Join('\n', _world.Story.TakeLast(100))}", failure);
        }
    }

    public void Dispose()
    {
        if (_gateway.Process is not null)
        {
            _gateway.Kill(isMachineGone: false);
        }

        if (_historian.IsRunning)
        {
            _historian.Kill();
        }

        _folder.Dispose();
    }

    private void Repeat(Func<TimeSpan> wait, Action act) => _world.In(wait(), () =>
    {
        act();
        Repeat(wait, act);
    });

    // whoever watches over the processes starts what does not run
    private void LookAround()
    {
        if (_gateway.Process is null && (_isCalm || _world.Happens(0.5)))
        {
            _gateway.Start();
            _world.Tell($"the gateway starts: {_gateway.Process is not null}");
        }

        if (!_historian.IsRunning && (_isCalm || _world.Happens(0.5)))
        {
            _historian.Start();
            _world.Tell($"the historian starts");
        }

        _gateway.Process?.Check();
        if (_historian.IsRunning)
        {
            _historian.Check();
        }
    }

    private void Operate()
    {
        if (_gateway.Process?.Pump is { } pump && pump.State.Alarms.FirstOrDefault(alarm => alarm.State.Lifecycle.ToString().EndsWith("Unacknowledged", StringComparison.Ordinal)) is { } alarm)
        {
            _ = pump.Inbox.AcknowledgeAsync(alarm.Definition.Id, alarm.State.Occurrence, "operator1", "", CancellationToken.None);
        }
    }

    private void Happen(Fault fault)
    {
        if (_isCalm)
        {
            return;
        }

        _world.Tell($"{fault}");
        var shortly = _world.Between(100, 20_000);
        switch (fault)
        {
            case Fault.GatewayKilled or Fault.PowerCut when _gateway.Process is not null && _world.Happens(0.5):
                // at any step of the disk
                _gateway.Disk.CutAfter(_world.Random.Next(30), new(_world.Random.Next()));
                break;
            case Fault.GatewayKilled or Fault.PowerCut:
                Kill(isMachineGone: fault == Fault.PowerCut);
                break;
            case Fault.DiskDead:
                _gateway.IsDiskDead = true;
                _world.In(shortly * 2, () => _gateway.IsDiskDead = false);
                break;
            case Fault.ImageRestored:
                RestoreImage();
                break;
            case Fault.ClockSet:
                _gatewayClock.Step = _world.Between(-3_600_000, 3_600_000);
                break;
            case Fault.PlcCut:
                _plc.Cut();
                _world.In(_world.Happens(0.2) ? shortly * 6 : shortly, _plc.Mend);
                break;
            case Fault.HistorianKilled when _historian.IsRunning:
                _historian.Kill();
                break;
            case Fault.DatabaseFails:
                _database.Fails = 0.2;
                _database.IsAway = _world.Happens(0.3);
                _database.SlownessMax = _world.Happens(0.3) ? 2_000 : 5;
                _world.In(shortly, () => (_database.Fails, _database.IsAway, _database.SlownessMax) = (0, false, 5));
                break;
            case Fault.DatabaseRestored:
                RestoreDatabase();
                break;
            case Fault.BrokerKilled when _broker.IsUp:
                _broker.Crash(keepsNewest: _world.Happens(0.5));
                _world.In(shortly, _broker.Start);
                break;
            case Fault.BrokerFrozen:
                _broker.FrozenUntil = _world.Now + shortly;
                break;
            case Fault.BrokerLies:
                (_broker.Loses, _broker.Doubles, _broker.WayMax) = (_world.Random.NextDouble() * 0.2, 0.1, _world.Happens(0.3) ? 2_000 : 20);
                _world.In(shortly, () => (_broker.Loses, _broker.Doubles, _broker.WayMax) = (0, 0, 20));
                break;
            case Fault.BrokerRefuses:
                _broker.Refuses = 0.3;
                _world.In(shortly, () => _broker.Refuses = 0);
                break;
            case Fault.CableCut or Fault.CableSilent:
                CutCable(silently: fault == Fault.CableSilent);
                break;
            case Fault.CentreAway when _broker.IsUp:
                _broker.Crash(keepsNewest: true);
                _world.In(_world.Between(60_000, 1_800_000), _broker.Start);
                break;
            default:
                break;
        }
    }

    private void Kill(bool isMachineGone)
    {
        if (_gateway.Process is not null)
        {
            _gateway.Kill(isMachineGone);
        }
    }

    private void RestoreImage()
    {
        var image = _folder.File("image");
        if (!_isImageWanted && _gateway.Process is not null)
        {
            if (Directory.Exists(image))
            {
                Directory.Delete(image, recursive: true);
            }

            FolderCopy.Make(_gateway.Folder, image);
            _watch.ImageTaken();
            _isImageWanted = true;
        }
        else if (_isImageWanted)
        {
            _isImageWanted = false;
            Kill(isMachineGone: false);
            _watch.Restored(new(new DataFolder(_gateway.Folder)));
            _gateway.Restore(image);
        }
    }

    private void RestoreDatabase()
    {
        if (!_database.HasBackup || _world.Happens(0.3))
        {
            _database.Save();
            return;
        }

        if (_historian.IsRunning)
        {
            _historian.Kill();
        }

        _database.Restore();
        File.Delete(_folder.File("backup.db"));
    }

    private void CutCable(bool silently)
    {
        if (_broker.Sessions.Count == 0)
        {
            return;
        }

        var session = _broker.Sessions[_world.Random.Next(_broker.Sessions.Count)];
        if (silently)
        {
            session.FallSilent();
        }
        else
        {
            session.Close("the cable is cut");
        }
    }

    private void Calm()
    {
        _world.Tell($"calm");
        _isCalm = true;
        _gateway.IsDiskDead = false;
        _gateway.Disk.CutAfter(int.MaxValue, _world.Random);
        (_database.Fails, _database.IsAway, _database.SlownessMax) = (0, false, 5);
        (_broker.Loses, _broker.Doubles, _broker.Refuses, _broker.WayMax) = (0, 0, 0, 20);
        _broker.FrozenUntil = TimeSpan.Zero;
        _broker.Start();
        _plc.Mend();
    }

    private bool IsDrained() => _gateway.Process is { } process && _historian.IsRunning
        && process.Pump.Inbox.Count == 0
        && process.Pump.State.Conditions.IsEmpty
        && process.Outbox.State is { Count: 0, IsRefilling: false }
        && process.Outbox.LastSeq(process.Pump.State.Epoch) == process.Pump.State.LastSeq;
}
