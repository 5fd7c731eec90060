namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// How long to wait before the next attempt: 1, 2, 5, 10, 30, 30 ... s for failures that pass, 60, 120, 300, 300 ... s for refusals that only people can mend,
/// each plus up to 20 % of jitter, so that forty gateways do not fall upon one PLC together. Not thread safe.
/// </summary>
/// <param name="random">Draws the jitter; seeded, so that a test knows it.</param>
public sealed class BackOff(Random random)
{
    private const double JitterShare = 0.2;
    private static readonly int[] PassingSeconds = [1, 2, 5, 10, 30];
    private static readonly int[] RefusedSeconds = [60, 120, 300];
    private int _failures;
    private int _refusals;

    /// <summary>The longest wait after a failure, without jitter.</summary>
    public static TimeSpan FailureMax => TimeSpan.FromSeconds(PassingSeconds[^1]);

    /// <summary>The longest wait after a refusal, without jitter.</summary>
    public static TimeSpan RefusalMax => TimeSpan.FromSeconds(RefusedSeconds[^1]);

    /// <summary>The wait after a failure that may pass by itself; 1 to 36 s.</summary>
    public TimeSpan AfterFailure() => Draw(PassingSeconds, _failures++);

    /// <summary>The wait after a refusal; 60 to 360 s.</summary>
    public TimeSpan AfterRefusal() => Draw(RefusedSeconds, _refusals++);

    /// <summary>The connection worked: begin at the shortest again.</summary>
    public void Reset() => (_failures, _refusals) = (0, 0);

    private TimeSpan Draw(int[] seconds, int attempt) =>
        TimeSpan.FromSeconds(seconds[Math.Min(attempt, seconds.Length - 1)] * (1 + (JitterShare * random.NextDouble())));
}
