using System.Net.Sockets;
using EdgeAlarm.Wire;
using MQTTnet;

namespace EdgeAlarm.Simulation.World;

/// <summary>
/// An MQTT broker as bad as real ones: a PUBACK is no promise, a slow or absent subscriber loses what does not fit, retained messages may be gone or older after a restart.
/// What it sends over one connection comes in order, as over TCP.
/// </summary>
internal sealed class SimulatedBroker(SimulatedWorld world)
{
    /// <summary>Messages that wait for a subscriber with a full window; mosquitto's default.</summary>
    public const int QueuedMax = 1000;

    private readonly List<BrokerSession> _sessions = [];
    private Dictionary<string, byte[]> _retained = new(StringComparer.Ordinal);
    private Dictionary<string, byte[]> _saved = new(StringComparer.Ordinal);

    /// <summary>Probability that a message is lost although it was acknowledged.</summary>
    public double Loses { get; set; }

    /// <summary>Probability that a message comes twice.</summary>
    public double Doubles { get; set; }

    /// <summary>Probability that a message is refused.</summary>
    public double Refuses { get; set; }

    /// <summary>Longest way of a message, in milliseconds.</summary>
    public double WayMax { get; set; } = 20;

    public bool IsUp { get; private set; } = true;

    /// <summary>Nothing goes in or out before.</summary>
    public TimeSpan FrozenUntil { get; set; }

    public IReadOnlyList<BrokerSession> Sessions => _sessions;

    /// <summary>Connects a client.</summary>
    public Task<BrokerSession> ConnectAsync(BrokerClient client, CancellationToken cancellationToken)
    {
        var connected = new TaskCompletionSource<BrokerSession>();
        cancellationToken.Register(() => connected.TrySetCanceled(cancellationToken));
        world.In(Way(), () =>
        {
            if (!client.Life.IsAlive || connected.Task.IsCompleted)
            {
                return;
            }

            if (!IsUp)
            {
                connected.TrySetException(new SocketException((int)SocketError.ConnectionRefused));
                return;
            }

            _sessions.Find(session => session.Client.Id == client.Id)?.Close("taken over");
            var made = new BrokerSession(world, this, client);
            _sessions.Add(made);
            connected.TrySetResult(made);
        });
        return connected.Task;
    }

    /// <summary>How long a message is under way from now on.</summary>
    public TimeSpan Way()
    {
        var way = world.Between(0.1, WayMax);
        return FrozenUntil > world.Now ? FrozenUntil - world.Now + way : way;
    }

    /// <summary>Takes a message.</summary>
    public MqttClientPublishReasonCode Take(BrokerSession? from, string topic, byte[] payload, bool retain)
    {
        if (world.Happens(Refuses))
        {
            return MqttClientPublishReasonCode.QuotaExceeded;
        }

        if (!topic.EndsWith("/events", StringComparison.Ordinal) && !topic.EndsWith("/live", StringComparison.Ordinal))
        {
            world.Tell($"{topic[(topic.LastIndexOf('/') + 1)..]} {System.Text.Encoding.UTF8.GetString(payload)}");
        }

        if (retain)
        {
            _retained[topic] = payload;
        }

        var isWanted = false;
        var isLost = world.Happens(Loses);
        foreach (var session in _sessions.ToArray())
        {
            if (session.Wants(topic, from))
            {
                isWanted = true;
                for (var copies = isLost ? 0 : world.Happens(Doubles) ? 2 : 1; copies > 0; copies--)
                {
                    session.Offer(topic, payload, isRetained: false);
                }
            }
        }

        return isWanted ? MqttClientPublishReasonCode.Success : MqttClientPublishReasonCode.NoMatchingSubscribers;
    }

    /// <summary>Hands a new subscriber what is retained.</summary>
    public void HandRetained(BrokerSession session)
    {
        foreach (var (topic, payload) in _retained.Where(kept => session.Wants(kept.Key, null)).ToArray())
        {
            session.Offer(topic, payload, isRetained: true);
        }
    }

    /// <summary>A connection is over.</summary>
    public void Forget(BrokerSession session)
    {
        if (_sessions.Remove(session) && session.Client.Will is { } will && !session.SaidGoodbye)
        {
            Take(session, session.Client.WillTopic, will, retain: true);
        }
    }

    /// <summary>Writes down what is retained, as it does now and then.</summary>
    public void Save() => _saved = new(_retained, StringComparer.Ordinal);

    /// <summary>Ends all connections, without a word about anybody.</summary>
    /// <param name="keepsNewest">Whether what is retained survives; otherwise what was saved last does.</param>
    public void Crash(bool keepsNewest)
    {
        IsUp = false;
        _retained = keepsNewest ? _retained : new(_saved, StringComparer.Ordinal);
        var sessions = _sessions.ToArray();
        _sessions.Clear();
        foreach (var session in sessions)
        {
            session.Close("the broker is gone");
        }
    }

    public void Start() => IsUp = true;

    /// <summary>Whether a filter takes a topic.</summary>
    public static bool Matches(string filter, string topic)
    {
        var (left, right) = (filter.Split('/'), topic.Split('/'));
        return left.Length == right.Length && left.Zip(right).All(pair => pair.First == "+" || pair.First == pair.Second) && topic.StartsWith(Topics.Root, StringComparison.Ordinal);
    }
}
