namespace EdgeAlarm.Simulation.World;

/// <summary>
/// Everything that happens, on one thread and in virtual time: where several could go on, chance says who does; where nobody can, time jumps to the next moment at which something is due.
/// One seed decides everything but what the threads that the product has beside a dying disk do.
/// </summary>
internal sealed class SimulatedWorld(int seed)
{
    private const int StepsAtOneMomentMax = 20_000;
    private static readonly DateTimeOffset Begin = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private readonly PriorityQueue<Appointment, (TimeSpan At, long Order)> _appointments = new();
    private readonly List<IActor> _actors = [];
    private readonly List<IActor> _ready = [];
    private readonly Queue<string> _story = new();
    private long _order;

    /// <summary>What every draw of the run comes from.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>Time since the begin.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>What a clock that nobody sets shows.</summary>
    public DateTimeOffset Clock => Begin + Now;

    /// <summary>The latest of what happened, for a failure's message.</summary>
    public IEnumerable<string> Story => _story;

    /// <summary>Says what happens.</summary>
    public void Tell(FormattableString what)
    {
        _story.Enqueue($"{Now.TotalSeconds,9:0.000} {FormattableString.Invariant(what)}");
        while (_story.Count > 400)
        {
            _story.Dequeue();
        }
    }

    public void Add(IActor actor) => _actors.Add(actor);

    public void Remove(IActor actor) => _actors.Remove(actor);

    /// <summary>Something happens later.</summary>
    public Appointment In(TimeSpan wait, Action act)
    {
        var appointment = new Appointment(act);
        _appointments.Enqueue(appointment, (Now + (wait > TimeSpan.Zero ? wait : TimeSpan.Zero), _order++));
        return appointment;
    }

    /// <summary>A wait around a mean, as independent events have it.</summary>
    public TimeSpan Around(TimeSpan mean) => mean * -Math.Log(1 - Random.NextDouble());

    /// <summary>A wait between two bounds.</summary>
    public TimeSpan Between(double fromMilliseconds, double toMilliseconds) => TimeSpan.FromMilliseconds(fromMilliseconds + (Random.NextDouble() * (toMilliseconds - fromMilliseconds)));

    public bool Happens(double probability) => Random.NextDouble() < probability;

    /// <summary>Lets time pass.</summary>
    /// <param name="duration">So long at most.</param>
    /// <param name="until">Ends it earlier.</param>
    public void Run(TimeSpan duration, Func<bool>? until = null)
    {
        var end = Now + duration;
        while (true)
        {
            Settle();
            if (until?.Invoke() == true)
            {
                return;
            }

            if (!_appointments.TryPeek(out var next, out var due) || due.At > end)
            {
                Now = end;
                return;
            }

            _appointments.Dequeue();
            if (!next.IsCancelled)
            {
                Now = due.At > Now ? due.At : Now;
                next.Keep();
            }
        }
    }

    // whoever can go on does, one step at a time
    private void Settle()
    {
        for (var steps = 0; ; steps++)
        {
            _ready.Clear();
            foreach (var actor in _actors)
            {
                if (actor.IsReady)
                {
                    _ready.Add(actor);
                }
            }

            if (_ready.Count == 0)
            {
                return;
            }

            Assert.True(steps < StepsAtOneMomentMax, $"somebody turns in circles: {string.Join(", ", _ready)}");
            _ready[Random.Next(_ready.Count)].TurnOnce();
        }
    }
}
