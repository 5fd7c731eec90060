namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// Which notification messages may be acknowledged to the server: those that are stored durably, never before (OPC 10000-4 §5.14.5: the server forgets an
/// acknowledged message, so an early one would lose it in a crash). Any thread.
/// </summary>
/// <param name="subscription">The subscription's id; what belongs to another is ignored.</param>
public sealed class AcknowledgementQueue(uint subscription)
{
    /// <summary>Delivered messages that wait for their flush; more are never kept, the oldest go unacknowledged.</summary>
    public const int WaitingMax = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<uint> _delivered = new();
    private readonly Queue<uint> _flushed = new();

    /// <summary>The subscription's id.</summary>
    public uint Subscription { get; } = subscription;

    /// <summary>A message was handed on.</summary>
    public void Delivered(uint sequence)
    {
        lock (_gate)
        {
            if (_delivered.Count == WaitingMax)
            {
                _delivered.Dequeue();
            }
            _delivered.Enqueue(sequence);
        }
    }

    /// <summary>The message, and every one handed on before it, is stored.</summary>
    public void Flushed(uint subscription, uint sequence)
    {
        lock (_gate)
        {
            if (subscription != Subscription || !_delivered.Contains(sequence))
            {
                return;
            }
            uint moved;
            do
            {
                moved = _delivered.Dequeue();
                _flushed.Enqueue(moved);
            }
            while (moved != sequence);
        }
    }

    /// <summary>Takes what the next Publish request acknowledges.</summary>
    /// <param name="max">At most so many, at least 1.</param>
    public uint[] Take(int max)
    {
        lock (_gate)
        {
            var taken = new uint[Math.Min(max, _flushed.Count)];
            for (var i = 0; i < taken.Length; i++)
            {
                taken[i] = _flushed.Dequeue();
            }
            return taken;
        }
    }
}
