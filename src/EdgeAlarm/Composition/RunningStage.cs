namespace EdgeAlarm.Composition;

/// <summary>A part of a host that runs until it is stopped; where it ends by itself, the whole host ends.</summary>
internal sealed class RunningStage : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    public RunningStage(Func<CancellationToken, Task> run, CancellationTokenSource anyEnded)
    {
        _run = Task.Run(
            async () =>
            {
                try
                {
                    await run(_stop.Token);
                }
                finally
                {
                    await anyEnded.CancelAsync();
                }
            },
            CancellationToken.None);
    }

    /// <summary>Stops it and waits for its end, whatever that is.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc />
    public void Dispose() => _stop.Dispose();

    /// <summary>Throws what it ended with, unless that was the stop.</summary>
    public void ThrowIfFailed()
    {
        if (_run.Exception is { } failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure.InnerException ?? failure);
        }
    }
}
