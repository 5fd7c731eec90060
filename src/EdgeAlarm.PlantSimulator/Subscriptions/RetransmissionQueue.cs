using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.PlantSimulator.Subscriptions;

/// <summary>Messages that were sent and are not acknowledged, the oldest first; when it is full the oldest is forgotten (OPC 10000-4 §5.14.1.1).</summary>
internal sealed class RetransmissionQueue(int capacity)
{
    private readonly List<NotificationMessage> _messages = [];

    /// <summary>Messages forgotten although nobody acknowledged them.</summary>
    internal long Forgotten { get; private set; }

    internal uint[] SequenceNumbers => [.. _messages.Select(message => message.SequenceNumber)];

    internal void Add(NotificationMessage message)
    {
        _messages.Add(message);
        if (_messages.Count > capacity)
        {
            _messages.RemoveAt(0);
            Forgotten++;
        }
    }

    internal bool Acknowledge(uint sequenceNumber)
    {
        var index = _messages.FindIndex(message => message.SequenceNumber == sequenceNumber);
        if (index >= 0)
        {
            _messages.RemoveAt(index);
        }

        return index >= 0;
    }

    internal NotificationMessage? Find(uint sequenceNumber) => _messages.Find(message => message.SequenceNumber == sequenceNumber);
}
