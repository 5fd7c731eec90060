using EdgeAlarm.Historian;
using EdgeAlarm.Historian.Intake;
using EdgeAlarm.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.Simulation.World;

/// <summary>One historian process at the centre.</summary>
internal sealed class SimulatedHistorian(SimulatedWorld world, SimulatedBroker broker, SimulatedDatabase database, MachineClock clock, Action<Receipt> sends)
{
    private readonly HistorianOptions _options = new()
    {
        Broker = new BrokerOptions { Host = "simulated", Port = 1883, Tls = false },
        Store = new StoreOptions { Sqlite = database.File },
        BatchMax = 50,
    };

    private Life? _life;
    private FaultyStore? _store;
    private Task _run = Task.CompletedTask;

    public bool IsRunning => _life is not null;

    public void Start()
    {
        Assert.False(IsRunning);
        var life = new Life(world, "historian", clock);
        (_life, _store) = (life, new(world, life, database));
        var intake = new HistorianIntake(_options, _store, life.Time, NullLogger<HistorianIntake>.Instance)
        {
            Chance = new(world.Random.Next()),
            Open = (options, session, _, token) => HistorianLink.OpenAsync(broker, life, sends, options, session, token),
        };
        _run = life.Within(() => intake.RunAsync(CancellationToken.None));
    }

    /// <summary>Ends the process at any moment, without a goodbye.</summary>
    public void Kill()
    {
        Check();
        _life!.Kill();
        foreach (var session in broker.Sessions.Where(session => session.Client.Life == _life).ToArray())
        {
            session.Close("the historian died");
        }

        // disposing of SQLite is synchronous
        Assert.True(_store!.DisposeAsync().AsTask().IsCompletedSuccessfully);
        _life = null;
    }

    /// <summary>It outlives everything; a loop that ended is a fault.</summary>
    public void Check() => Assert.False(_run.IsCompleted, $"the historian ended by itself: {_run.Exception}");
}
