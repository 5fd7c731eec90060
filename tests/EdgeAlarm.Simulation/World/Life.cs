namespace EdgeAlarm.Simulation.World;

/// <summary>
/// One life of a process: its continuations run one by one on the world's thread, its timers in virtual time. A kill ends it between any two of them: nothing of it runs any
/// more, no finally and no goodbye.
/// </summary>
internal sealed class Life : SynchronizationContext, IActor
{
    private readonly SimulatedWorld _world;
    private readonly Queue<(SendOrPostCallback Go, object? State)> _waiting = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _isForeign;

    public Life(SimulatedWorld world, string name, MachineClock clock)
    {
        (_world, Name) = (world, name);
        Time = new LifeTime(world, this, clock);
        world.Add(this);
    }

    public string Name { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Time as this process sees it.</summary>
    public TimeProvider Time { get; }

    public bool IsReady => _waiting.Count > 0;

    /// <summary>Runs something as this process.</summary>
    public T Within<T>(Func<T> act)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return act();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public void TurnOnce()
    {
        Assert.False(_isForeign, $"{Name} was continued from another thread: the run is not deterministic");
        var (go, state) = _waiting.Dequeue();
        Within(() =>
        {
            go(state);
            return true;
        });
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        IsAlive = false;
        _waiting.Clear();
        _world.Remove(this);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _isForeign = true;
        }
        else if (IsAlive)
        {
            _waiting.Enqueue((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    public override string ToString() => Name;
}
