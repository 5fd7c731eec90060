namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// Estimates how far our clock is ahead of the server's, from reads of ServerStatus.CurrentTime: the server answered somewhere between sending and receiving, so the
/// offset lies within half the round trip of the middle. Not thread safe.
/// </summary>
/// <remarks>A server whose clock steps, or that is too slow to tell, is not synchronised until two measurements agree.</remarks>
public sealed class ServerClock
{
    /// <summary>A round trip longer than this says too little.</summary>
    public static readonly TimeSpan RoundTripMax = TimeSpan.FromSeconds(1);

    /// <summary>Two measurements agree if they differ by no more than this plus their uncertainties.</summary>
    public static readonly TimeSpan AgreementTolerance = TimeSpan.FromMilliseconds(250);

    /// <summary>A change smaller than this is noise of the measurement.</summary>
    public static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(10);

    private TimeSpan? _latest;
    private TimeSpan _uncertainty;
    private bool _measured;

    /// <summary>Our time minus the server's, as last reported.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary>Whether the last reported offset may be trusted.</summary>
    public bool Synchronised { get; private set; }

    /// <summary>Takes a measurement.</summary>
    /// <param name="sent">Our time before the request, 100 ns ticks.</param>
    /// <param name="received">Our time at the response, 100 ns ticks, not before <paramref name="sent"/>.</param>
    /// <param name="server">The server's time in the response, 100 ns ticks of UTC; 0 where it gave none.</param>
    /// <returns>Whether <see cref="Offset"/> or <see cref="Synchronised"/> changed and is to be told.</returns>
    public bool Measure(long sent, long received, long server)
    {
        var roundTrip = TimeSpan.FromTicks(received - sent);
        if (server == 0 || roundTrip > RoundTripMax)
        {
            var changed = !_measured || Synchronised;
            (_measured, Synchronised) = (true, false);
            return changed;
        }
        var offset = TimeSpan.FromTicks(sent + ((received - sent) / 2) - server);
        var uncertainty = roundTrip / 2;
        var agrees = _latest is not { } latest || (offset - latest).Duration() <= AgreementTolerance + uncertainty + _uncertainty;
        (_latest, _uncertainty) = (offset, uncertainty);
        var moved = (offset - Offset).Duration() >= Resolution + uncertainty;
        var report = !_measured || Synchronised != agrees || moved;
        if (!report)
        {
            return false;
        }
        (_measured, Synchronised, Offset) = (true, agrees, offset);
        return true;
    }
}
