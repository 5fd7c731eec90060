using EdgeAlarm.Gateway.Acquisition;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

public sealed class WakeUpTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private readonly FakeTimeProvider _time = new();
    private readonly WakeUp _wakeUp;

    public WakeUpTests() => _wakeUp = new(_time);

    [Fact]
    public async Task A_wait_ends_with_a_signal_with_its_time_or_with_a_task_that_is_watched()
    {
        var wait = Wait(Long);
        Assert.False(wait.IsCompleted);
        _wakeUp.Signal();
        await wait;

        wait = Wait(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await wait;

        var asked = new TaskCompletionSource();
        _wakeUp.Watch(asked.Task);
        wait = Wait(Long);
        Assert.False(wait.IsCompleted);
        asked.SetException(new InvalidOperationException("a failure is an end, too"));
        await wait;
    }

    // what comes while the loop works must not wait for the next thing that comes
    [Fact]
    public async Task What_came_while_nobody_waited_ends_the_next_wait_and_only_that()
    {
        _wakeUp.Signal();
        _wakeUp.Signal();
        Assert.True(Wait(Long).IsCompleted);

        _wakeUp.Watch(Task.CompletedTask);
        Assert.True(Wait(Long).IsCompleted);

        var wait = Wait(Long);
        Assert.False(wait.IsCompleted);
        _wakeUp.Signal();
        await wait;
    }

    [Fact]
    public async Task A_task_that_is_watched_before_each_wait_ends_one_of_them()
    {
        var asked = new TaskCompletionSource();
        for (var turn = 0; turn < 3; turn++)
        {
            _wakeUp.Watch(asked.Task);
            var wait = Wait(Long);
            _wakeUp.Signal();
            await wait;
        }

        asked.SetResult();
        Assert.True(Wait(Long).IsCompleted);
        Assert.False(Wait(Long).IsCompleted);
    }

    [Fact]
    public async Task No_signal_of_many_threads_is_lost()
    {
        const int Signals = 20_000;
        var sent = 0;
        var seen = 0;
        var sending = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Signals; i++)
            {
                Interlocked.Increment(ref sent);
                _wakeUp.Signal();
            }
        })).ToArray();
        while (seen < 4 * Signals)
        {
            // a lost signal is a wait that never ends
            await Wait(Long).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
            seen = Volatile.Read(ref sent);
        }

        await Task.WhenAll(sending);
    }

    public void Dispose() => _wakeUp.Dispose();

    private Task Wait(TimeSpan atMost) => _wakeUp.WaitAsync(atMost).AsTask();
}
