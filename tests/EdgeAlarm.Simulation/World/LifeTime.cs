namespace EdgeAlarm.Simulation.World;

/// <summary>Virtual time for one life of a process.</summary>
internal sealed class LifeTime(SimulatedWorld world, Life life, MachineClock clock) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => clock.Now;

    public override long GetTimestamp() => world.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(world, life, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(SimulatedWorld world, Life life, TimerCallback callback, object? state) : ITimer
    {
        private Appointment? _next;
        private TimeSpan _period;
        private bool _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_isDisposed)
            {
                return false;
            }

            _next?.Cancel();
            _period = period;
            _next = dueTime == Timeout.InfiniteTimeSpan ? null : world.In(dueTime, Ring);
            return true;
        }

        public void Dispose()
        {
            _isDisposed = true;
            _next?.Cancel();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Ring()
        {
            if (!life.IsAlive || _isDisposed)
            {
                return;
            }

            _next = _period > TimeSpan.Zero ? world.In(_period, Ring) : null;
            life.Within(() =>
            {
                callback(state);
                return true;
            });
        }
    }
}
