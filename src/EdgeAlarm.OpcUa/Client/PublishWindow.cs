namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// How many Publish requests may be outstanding. Servers differ by a factor of fifty and one hangs beyond ten, so it starts low and only ever learns downwards:
/// BadTooManyPublishRequests lowers it to what was outstanding then (OPC 10000-4 §5.14.5). Not thread safe.
/// </summary>
public sealed class PublishWindow
{
    /// <summary>Never more than these are outstanding in a session.</summary>
    public const int OutstandingMax = 10;

    /// <summary>Starts a window.</summary>
    /// <param name="wanted">How many to keep outstanding, 1 to <see cref="OutstandingMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public PublishWindow(int wanted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted, OutstandingMax);
        Limit = wanted;
    }

    /// <summary>How many may be outstanding now, at least 1.</summary>
    public int Limit { get; private set; }

    /// <summary>A request was refused with BadTooManyPublishRequests: its place is gone for good, down to one.</summary>
    /// <param name="outstanding">How many are still outstanding.</param>
    public void Refused(int outstanding) => Limit = Math.Max(1, Math.Min(Limit, outstanding));
}
