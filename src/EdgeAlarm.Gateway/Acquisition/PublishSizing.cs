using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>How many Publish requests a live session keeps outstanding, and how long each may wait: by round trip, subscriptions, the server's make and what it refused.</summary>
internal sealed class PublishSizing(SourceContext source, PublishPump pump, PublishWindow window, ServerWatch watch)
{
    private int _told = window.Limit;

    /// <summary>The longest silence of any subscription that is still healthy.</summary>
    public TimeSpan SilenceMax => source.Living.Select(part => part.Subscription!.SilenceMax).DefaultIfEmpty(source.Options.KeepAliveEvery).Max();

    /// <summary>Sizes anew, since the subscriptions or the round trip may be others now.</summary>
    /// <param name="roundTrip">As it was measured; zero where it was not.</param>
    public void Apply(TimeSpan roundTrip)
    {
        watch.RoundTrip = roundTrip > TimeSpan.Zero ? roundTrip : watch.RoundTrip;
        var living = source.Living.ToList();
        if (living.Count > 0)
        {
            var needed = PublishWindow.Needed(watch.RoundTrip, living.Min(part => part.Subscription!.PublishingInterval), living.Count);
            var most = Math.Min(PublishWindow.OutstandingMax, source.Profile.PublishRequestsMax?.Value ?? PublishWindow.OutstandingMax);
            window.Want(Math.Clamp(Math.Max(needed, source.Options.PublishRequests), 1, most));
            pump.SilenceMax = SilenceMax;
        }
    }

    /// <summary>The server refused a request: tells it where that lowered the limit.</summary>
    public void Refused()
    {
        if (window.Limit < _told)
        {
            source.Logger.PublishWindowLowered(source.Name, window.Limit);
        }
        _told = window.Limit;
    }
}
