using System.Threading.Channels;

namespace EdgeAlarm.Historian.Intake;

/// <summary>Gathers messages into batches: a full one at once, a smaller one when its first message has waited long enough.</summary>
/// <param name="arrivals">What comes.</param>
/// <param name="countMax">Messages in one batch.</param>
/// <param name="delay">How long the first message of a batch waits for others.</param>
/// <param name="idle">After so long without any message an empty batch is given, for the caller to look around.</param>
/// <param name="time">The clock.</param>
internal sealed class BatchGathering(ChannelReader<Arrival> arrivals, int countMax, TimeSpan delay, TimeSpan idle, TimeProvider time)
{
    /// <summary>The next batch, in order of arrival; null when nothing will come any more.</summary>
    internal async Task<IReadOnlyList<Arrival>?> NextAsync(CancellationToken cancellationToken)
    {
        var batch = new List<Arrival>();
        if (await WaitAsync(idle, cancellationToken) is not { } first)
        {
            return batch;
        }

        if (!first)
        {
            return null;
        }

        var begin = time.GetTimestamp();
        while (true)
        {
            while (batch.Count < countMax && arrivals.TryRead(out var arrival))
            {
                batch.Add(arrival);
            }

            var left = delay - time.GetElapsedTime(begin);
            if (batch.Count == countMax || left <= TimeSpan.Zero || await WaitAsync(left, cancellationToken) is not true)
            {
                return batch;
            }
        }
    }

    /// <summary>True: there is one. False: there will be none. Null: none came in time.</summary>
    private async Task<bool?> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await arrivals.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
