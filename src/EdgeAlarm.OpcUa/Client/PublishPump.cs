using System.Threading.Channels;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// Keeps Publish requests outstanding on one channel, for all subscriptions of its session, and queues their answers in the order of the socket. A place is free again only
/// when the answer was taken, so what is buffered plus what is outstanding never exceeds the window: a consumer that waits withholds Publish requests by itself. One consumer.
/// </summary>
/// <param name="session">Whose present channel is used; the pump ends with that channel.</param>
/// <param name="acknowledgements">What the requests acknowledge.</param>
/// <param name="window">How many may be outstanding; kept over reconnects, for what a server does not bear it will not bear later.</param>
/// <param name="subscriptions">How many subscriptions it serves at most, at least 1.</param>
public sealed class PublishPump(UaSession session, AcknowledgementQueue acknowledgements, PublishWindow window, int subscriptions = 1)
{
    // requests beyond the window, for each subscription, that only keep the subscriptions alive while the consumer waits
    private const int KeepingAliveMax = 6;
    private readonly UaChannel _channel = session.Channel;
    // the consumer goes on where the answer was read: at ten messages a second changing threads would cost more than the messages
    private readonly Channel<PublishArrival> _arrivals = Channel.CreateBounded<PublishArrival>(
        new BoundedChannelOptions(PublishWindow.OutstandingMax + (KeepingAliveMax * subscriptions)) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait, AllowSynchronousContinuations = true });
    private int _outstanding;
    private int _keepingAlive;

    /// <summary>Answers that were not taken yet.</summary>
    public ChannelReader<PublishArrival> Arrivals => _arrivals.Reader;

    /// <summary>Requests outstanding or answered and not taken.</summary>
    public int Outstanding => _outstanding;

    /// <summary>Whether every request was answered and the answers wait to be taken: the server has none, and its queues fill.</summary>
    public bool IsStarved => _arrivals.Reader.Count >= _outstanding;

    /// <summary>The longest silence of any subscription that is still healthy; the timeout of each request follows from it.</summary>
    public TimeSpan SilenceMax { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether this is a pump of that session's present channel.</summary>
    public bool Serves(UaSession other) => ReferenceEquals(_channel, other.Channel);

    // each of N queued requests waits for its own keep-alive, one after the other
    private TimeSpan Timeout => (SilenceMax * (PublishWindow.OutstandingMax + 1)) + TimeSpan.FromSeconds(10);

    /// <summary>Sends as many requests as the window allows.</summary>
    public void Fill()
    {
        while (_outstanding < window.Limit)
        {
            Send();
        }
    }

    /// <summary>Sends one request beyond the window, so that a subscription does not die of a consumer that waits; at most six for each subscription until answers are taken.</summary>
    public void KeepAlive()
    {
        if (_keepingAlive < KeepingAliveMax * subscriptions)
        {
            _keepingAlive++;
            Send();
        }
    }

    /// <summary>Takes an answer, if there is one, and learns from refusals.</summary>
    public bool TryTake(out PublishArrival arrival)
    {
        if (!_arrivals.Reader.TryRead(out arrival))
        {
            return false;
        }
        _outstanding--;
        _keepingAlive = Math.Min(_keepingAlive, Math.Max(0, _outstanding - window.Limit));
        if (arrival.Error is { } error && error.Status == StatusCodes.BadTooManyPublishRequests)
        {
            window.Refused(_outstanding);
        }
        return true;
    }

    private void Send()
    {
        _outstanding++;
        // a hint would make servers fault late Publish requests
        _channel.Post(new PendingPublish(() => session.Header(TimeSpan.Zero), acknowledgements, _arrivals.Writer, session.Time, Timeout));
    }
}
