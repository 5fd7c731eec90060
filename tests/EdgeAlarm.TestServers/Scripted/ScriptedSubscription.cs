using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.TestServers.Scripted;

/// <summary>A subscription of a <see cref="ScriptedServer"/>: its items, the values that wait, and what was sent and not acknowledged.</summary>
public sealed class ScriptedSubscription
{
    private readonly List<MonitoredItemNotification> waiting = [];
    private readonly SortedDictionary<uint, NotificationMessage> sent = [];

    internal ScriptedSubscription(uint id, CreateSubscriptionRequest asked) => (Id, Asked, Session) = (id, asked, asked.Header.AuthenticationToken);

    /// <summary>Its id.</summary>
    public uint Id { get; }

    /// <summary>What the client asked for.</summary>
    public CreateSubscriptionRequest Asked { get; }

    /// <summary>The client's handles by node.</summary>
    public IDictionary<NodeId, uint> Handles { get; } = new Dictionary<NodeId, uint>();

    /// <summary>Its items: the client's handles by the server's numbers. A script may take some out, as a server that lost them.</summary>
    public IDictionary<uint, uint> Items { get; } = new SortedDictionary<uint, uint>();

    /// <summary>The number of the next message; a script may change it.</summary>
    public uint NextSequence { get; set; } = 1;

    /// <summary>Token of the session that it belongs to.</summary>
    internal NodeId Session { get; set; }

    /// <summary>Messages that were sent and not acknowledged.</summary>
    public int Unacknowledged => sent.Count;

    internal bool HasValues => waiting.Count > 0;

    internal IReadOnlyCollection<uint> Available => sent.Keys;

    internal bool HasSpoken { get; set; }

    internal void Enqueue(NodeId node, DataValue value)
    {
        if (Handles.TryGetValue(node, out var handle))
        {
            waiting.Add(new(handle, value));
        }
    }

    /// <summary>All waiting values as one message, kept for Republish.</summary>
    internal NotificationMessage TakeMessage(long ticks)
    {
        var message = new NotificationMessage
        {
            SequenceNumber = NextSequence, PublishTimeTicks = ticks,
            Notifications = [ExtensionObject.From(new DataChangeNotification { MonitoredItems = [.. waiting] })],
        };
        waiting.Clear();
        sent[NextSequence] = message;
        NextSequence = NextSequence == uint.MaxValue ? 1 : NextSequence + 1;
        return message;
    }

    internal NotificationMessage? Find(uint sequence) => sent.GetValueOrDefault(sequence);

    internal bool Acknowledge(uint sequence) => sent.Remove(sequence);

    /// <summary>Forgets what it could republish, as small servers do.</summary>
    public void ForgetSent() => sent.Clear();
}
