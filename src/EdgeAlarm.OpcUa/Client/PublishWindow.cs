namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// How many Publish requests may be outstanding in a session. Wanted are as many as the round trip and the subscriptions need; borne is what the server has not yet refused.
/// Servers differ by a factor of fifty and one hangs beyond ten, so what is borne only ever shrinks: BadTooManyPublishRequests lowers it to what was outstanding then
/// (OPC 10000-4 §5.14.5). Not thread safe.
/// </summary>
public sealed class PublishWindow
{
    /// <summary>Never more than these are outstanding in a session.</summary>
    public const int OutstandingMax = 10;

    private int _wanted;
    private int _borne = OutstandingMax;

    /// <summary>Starts a window.</summary>
    /// <param name="wanted">How many to keep outstanding, 1 to <see cref="OutstandingMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public PublishWindow(int wanted) => Want(wanted);

    /// <summary>How many may be outstanding now, at least 1.</summary>
    public int Limit => Math.Min(_wanted, _borne);

    /// <summary>
    /// How many a session needs: of each subscription as many as it may answer within one round trip, so that none of its messages waits for a request, and one more.
    /// </summary>
    /// <param name="roundTrip">Time from a request to its answer; not negative.</param>
    /// <param name="publishing">The shortest publishing interval of the session's subscriptions; more than zero.</param>
    /// <param name="subscriptions">How many subscriptions the session has.</param>
    /// <returns>1 to <see cref="OutstandingMax"/>.</returns>
    public static int Needed(TimeSpan roundTrip, TimeSpan publishing, int subscriptions)
    {
        var each = Math.Max(1, Math.Ceiling(roundTrip / publishing));
        return (int)Math.Min(OutstandingMax, (each * subscriptions) + 1);
    }

    /// <summary>Sets how many are wanted; what the server bears stays as it was learned.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to <see cref="OutstandingMax"/>.</exception>
    public void Want(int wanted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted, OutstandingMax);
        _wanted = wanted;
    }

    /// <summary>A request was refused with BadTooManyPublishRequests: its place is gone for good, down to one.</summary>
    /// <param name="outstanding">How many are still outstanding.</param>
    public void Refused(int outstanding) => _borne = Math.Max(1, Math.Min(Limit, outstanding));
}
