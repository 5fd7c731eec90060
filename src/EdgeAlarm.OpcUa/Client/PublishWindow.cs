namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// How many Publish requests may be outstanding. Servers differ by a factor of fifty and one hangs beyond ten, so it starts low and only ever learns downwards:
/// BadTooManyPublishRequests lowers it to what was outstanding then (OPC 10000-4 §5.14.5). Not thread safe.
/// </summary>
public sealed class PublishWindow
{
    /// <summary>Never more than these are outstanding in a session.</summary>
    public const int OutstandingMax = 10;

    /// <summary>Starts with no request outstanding.</summary>
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

    /// <summary>How many are outstanding.</summary>
    public int Outstanding { get; private set; }

    /// <summary>Takes the place of a request, if there is one.</summary>
    /// <returns>Whether a request may be sent.</returns>
    public bool TryTake()
    {
        if (Outstanding >= Limit)
        {
            return false;
        }
        Outstanding++;
        return true;
    }

    /// <summary>A request was answered, faulted or given up.</summary>
    public void Answered() => Outstanding = Math.Max(0, Outstanding - 1);

    /// <summary>A request was refused with BadTooManyPublishRequests: its place is gone for good, down to one.</summary>
    public void Refused()
    {
        Answered();
        Limit = Math.Max(1, Math.Min(Limit, Outstanding));
    }
}
