using MQTTnet;

namespace EdgeAlarm.Simulation.World;

/// <summary>One connection of a client: each direction in order; it may break, or fall silent so that both ends find out by their keep-alive only.</summary>
internal sealed class BrokerSession(SimulatedWorld world, SimulatedBroker broker, BrokerClient client)
{
    private readonly List<(string Filter, bool NoLocal)> _filters = [];
    private readonly Queue<(string Topic, byte[] Payload, bool IsRetained)> _queue = new();
    private readonly List<TaskCompletionSource<MqttClientPublishReasonCode>> _unanswered = [];
    private TimeSpan _lastUp;
    private TimeSpan _lastDown;
    private int _unacknowledged;
    private bool _isSilent;
    private bool _isClosed;

    public BrokerClient Client => client;

    public bool SaidGoodbye { get; private set; }

    public bool Wants(string topic, BrokerSession? from) =>
        _filters.Exists(wanted => SimulatedBroker.Matches(wanted.Filter, topic) && !(wanted.NoLocal && ReferenceEquals(from, this)));

    /// <summary>Subscribes; what is retained comes at once.</summary>
    public Task SubscribeAsync(CancellationToken cancellationToken, params (string Filter, bool NoLocal)[] filters)
    {
        var answered = new TaskCompletionSource();
        cancellationToken.Register(() => answered.TrySetCanceled(cancellationToken));
        Up(() =>
        {
            _filters.AddRange(filters);
            Down(() => answered.TrySetResult());
            broker.HandRetained(this);
        });
        return answered.Task;
    }

    /// <summary>Publishes with QoS 1; ends with the PUBACK, or with an exception when the connection does.</summary>
    public Task<MqttClientPublishReasonCode> PublishAsync(string topic, byte[] payload, bool retain)
    {
        var answered = new TaskCompletionSource<MqttClientPublishReasonCode>();
        if (_isClosed)
        {
            answered.SetException(new IOException("The connection is gone."));
            return answered.Task;
        }

        _unanswered.Add(answered);
        Up(() =>
        {
            var reason = broker.Take(this, topic, payload, retain);
            Down(() =>
            {
                _unanswered.Remove(answered);
                answered.TrySetResult(reason);
            });
        });
        return answered.Task;
    }

    /// <summary>The client acknowledged a message.</summary>
    public void Acknowledge() => Up(() =>
    {
        _unacknowledged--;
        while (_unacknowledged < client.ReceiveMaximum && _queue.TryDequeue(out var next))
        {
            Send(next.Topic, next.Payload, next.IsRetained);
        }
    });

    /// <summary>The broker has a message for the client.</summary>
    public void Offer(string topic, byte[] payload, bool isRetained)
    {
        if (_unacknowledged < client.ReceiveMaximum)
        {
            Send(topic, payload, isRetained);
        }
        else if (_queue.Count < SimulatedBroker.QueuedMax)
        {
            _queue.Enqueue((topic, payload, isRetained));
        }
    }

    /// <summary>The client says goodbye: no last will.</summary>
    public void SayGoodbye() => Up(() => SaidGoodbye = true);

    /// <summary>The cable is cut or an end closes it; both ends hear of it soon.</summary>
    public void Close(string reason)
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        world.In(broker.Way(), () => broker.Forget(this));
        world.In(broker.Way(), () => End(reason));
    }

    /// <summary>Nothing gets through any more, and nobody says so.</summary>
    public void FallSilent()
    {
        _isSilent = true;
        world.In(client.KeepAlive * 1.5, () => broker.Forget(this));
        world.In(client.KeepAlive + TimeSpan.FromSeconds(10), () => Close("no answer to a ping"));
    }

    private void End(string reason)
    {
        if (client.Life.IsAlive)
        {
            client.Closed(reason);
        }

        foreach (var answered in _unanswered.ToArray())
        {
            answered.TrySetException(new IOException("The connection is gone."));
        }

        _unanswered.Clear();
    }

    private void Send(string topic, byte[] payload, bool isRetained)
    {
        _unacknowledged++;
        Down(() => client.Arrived(topic, payload, isRetained));
    }

    private void Up(Action act) => _lastUp = Go(_lastUp, act, () => broker.Sessions.Contains(this));

    private void Down(Action act) => _lastDown = Go(_lastDown, act, () => client.Life.IsAlive && !_isClosed);

    // behind what is under way already
    private TimeSpan Go(TimeSpan behind, Action act, Func<bool> isThere)
    {
        var at = world.Now + broker.Way();
        at = at > behind ? at : behind;
        if (!_isSilent)
        {
            world.In(at - world.Now, () =>
            {
                if (isThere() && !_isSilent)
                {
                    act();
                }
            });
        }

        return at;
    }
}
