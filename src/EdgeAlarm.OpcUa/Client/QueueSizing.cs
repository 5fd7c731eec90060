namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// How long a monitored item's queue has to be so that nothing is lost while no Publish response comes through. A queue of one loses every sample but the last
/// of a publishing interval, silently: the server sets no Overflow bit there (OPC 10000-4 §5.13.1.5).
/// </summary>
public static class QueueSizing
{
    /// <summary>Fewer than ten samples are never asked for.</summary>
    public const uint QueueMin = 10;

    /// <summary>More are never asked for; the server revises it to what it has.</summary>
    public const uint QueueMax = 100_000;

    /// <summary>What an interval of 0 ("as fast as the source changes") is reckoned as: no limit is known, so the usual fastest cycle of a PLC task.</summary>
    public static readonly TimeSpan FastestAssumed = TimeSpan.FromMilliseconds(10);

    /// <summary>The queue to ask for.</summary>
    /// <param name="sampling">Sampling interval; 0 or less is reckoned as <see cref="FastestAssumed"/>.</param>
    /// <param name="publishing">Publishing interval, at least 0.</param>
    /// <param name="ridesOut">How long an outage has to be survived without loss, at least 0.</param>
    /// <returns><see cref="QueueMin"/> to <see cref="QueueMax"/>.</returns>
    public static uint Ask(TimeSpan sampling, TimeSpan publishing, TimeSpan ridesOut)
    {
        var samples = Math.Ceiling((publishing + ridesOut) / Effective(sampling)) + 1;
        return (uint)Math.Clamp(samples, QueueMin, QueueMax);
    }

    /// <summary>How long an outage a queue survives without loss if the value changes at every sample; 0 for a queue of one.</summary>
    /// <param name="queue">The revised queue size.</param>
    /// <param name="sampling">The revised sampling interval.</param>
    /// <param name="publishing">The revised publishing interval.</param>
    public static TimeSpan RidesOut(uint queue, TimeSpan sampling, TimeSpan publishing)
    {
        var covered = (Effective(sampling) * Math.Max(0, (double)queue - 1)) - publishing;
        return covered > TimeSpan.Zero ? covered : TimeSpan.Zero;
    }

    /// <summary>
    /// The shortest pulse that is certain to be seen: one that is longer than the sampling interval meets at least one sample; with a queue of one only the last sample
    /// of each publishing interval arrives.
    /// </summary>
    /// <param name="queue">The revised queue size.</param>
    /// <param name="sampling">The revised sampling interval; 0 where the server reports each change.</param>
    /// <param name="publishing">The revised publishing interval.</param>
    public static TimeSpan DetectablePulse(uint queue, TimeSpan sampling, TimeSpan publishing) =>
        queue > 1 || sampling > publishing ? sampling : publishing;

    private static TimeSpan Effective(TimeSpan sampling) => sampling > TimeSpan.Zero ? sampling : FastestAssumed;
}
