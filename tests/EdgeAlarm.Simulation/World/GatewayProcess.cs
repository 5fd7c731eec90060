using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Outbox;
using EdgeAlarm.Gateway.Uplink;

namespace EdgeAlarm.Simulation.World;

/// <summary>One run of a gateway: pump, outbox and uplink, each a step at a time.</summary>
internal sealed class GatewayProcess : IDisposable
{
    private readonly SimulatedWorld _world;
    private readonly SimulatedBroker _broker;
    private readonly Life _life;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _uplinkRun;
    private readonly Turns _pumpTurns;
    private readonly Turns _outboxTurns;
    private bool _isTickDue = true;

    public GatewayProcess(SimulatedWorld world, SimulatedBroker broker, Life life, EnginePump pump, EventOutbox outbox, MqttUplink uplink)
    {
        (_world, _broker, _life, Pump, Outbox, Uplink) = (world, broker, life, pump, outbox, uplink);
        _pumpTurns = new("the pump", () => _isTickDue || pump.Inbox.Count > 0, TurnPump);
        _outboxTurns = new("the outbox", () => outbox.HasWork, outbox.TurnOnce);
        outbox.Open();
        _uplinkRun = life.Within(() => uplink.RunAsync(_stop.Token));
        world.Add(_pumpTurns);
        world.Add(_outboxTurns);
        Tick();
    }

    public EnginePump Pump { get; }

    /// <summary>Its data folder.</summary>
    public required string Folder { get; init; }

    public EventOutbox Outbox { get; }

    public MqttUplink Uplink { get; }

    /// <summary>Whether the disk does nothing any more.</summary>
    public Func<bool> IsDiskGone { get; set; } = static () => false;

    /// <summary>Called after each turn of the pump.</summary>
    public Action? Turned { get; set; }

    /// <summary>Called when it noticed that.</summary>
    public Action? Died { get; set; }

    /// <summary>Its parts run for ever; one that ended is a fault.</summary>
    public void Check() => Assert.False(_uplinkRun.IsCompleted, $"the uplink ended by itself: {_uplinkRun.Exception}");

    public void Kill(bool isMachineGone)
    {
        Check();
        End();
        foreach (var session in _broker.Sessions.Where(session => session.Client.Life == _life).ToArray())
        {
            if (isMachineGone)
            {
                session.FallSilent();
            }
            else
            {
                session.Close("the gateway died");
            }
        }

        Outbox.Abandon();
        Assert.True(Pump.DisposeAsync().AsTask().IsCompletedSuccessfully);
        Dispose();
    }

    public void Stop()
    {
        _life.Within(() =>
        {
            _stop.Cancel();
            return true;
        });
        _world.Run(TimeSpan.FromSeconds(10), () => _uplinkRun.IsCompleted);
        Assert.True(_uplinkRun.IsCompletedSuccessfully, $"the uplink did not end in order: {_uplinkRun.Exception}");
        Pump.FlushAndDeliver();
        Outbox.TurnOnce();
        Outbox.Close();
        End();
        Assert.True(Pump.DisposeAsync().AsTask().IsCompletedSuccessfully);
        Dispose();
    }

    public void Dispose() => _stop.Dispose();

    private void End()
    {
        _life.Kill();
        _world.Remove(_pumpTurns);
        _world.Remove(_outboxTurns);
    }

    private void TurnPump()
    {
        _isTickDue = false;
        Pump.TurnOnce(Pump.Clock.Now);
        Pump.FlushAndDeliver();

        // threads beside the pump end what they do before time goes on: the run is to depend on nothing but its seed
        SpinWait.SpinUntil(() => !Pump.Recorder.IsProbing);
        Assert.True(Pump.Recorder.Journal.Failure is null || Pump.Recorder.Journal.HasEnded(TimeSpan.FromSeconds(30)), "the thread of a dead journal does not end");
        Turned?.Invoke();
        if (IsDiskGone())
        {
            Died?.Invoke();
        }
    }

    private void Tick()
    {
        if (_life.IsAlive)
        {
            _isTickDue = true;
            _world.In(_world.Between(100, 1500), Tick);
        }
    }

    private sealed class Turns(string name, Func<bool> isReady, Action turn) : IActor
    {
        public bool IsReady => isReady();

        public void TurnOnce() => turn();

        public override string ToString() => name;
    }
}
