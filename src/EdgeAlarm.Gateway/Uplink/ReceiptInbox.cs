using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>
/// What came from the broker since the loop looked last: the newest receipt of each epoch, and our own retained range. Bounded by the epochs that are asked for; the
/// handler of MQTTnet writes, the loop takes.
/// </summary>
internal sealed class ReceiptInbox
{
    private const int EpochsMax = 64;
    private readonly Lock _gate = new();
    private readonly List<(Receipt Receipt, bool Retained)> _receipts = [];
    private OutboxRange? _ownRange;
    private string? _unclear;
    private GatewayStatus? _status;

    /// <summary>Takes a message by its topic; one that is not what its topic says is kept as unclear.</summary>
    internal void Take(Topics topics, string topic, bool retained, ReadOnlySpan<byte> payload)
    {
        try
        {
            if (string.Equals(topic, topics.Receipt, StringComparison.Ordinal))
            {
                Add(Receipt.Parse(payload), retained);
            }
            else if (string.Equals(topic, topics.Outbox, StringComparison.Ordinal))
            {
                Add(OutboxRange.Parse(payload));
            }
            else if (string.Equals(topic, topics.Status, StringComparison.Ordinal))
            {
                Add(GatewayStatus.Parse(payload));
            }
        }
        catch (WireFormatException unclear)
        {
            Add($"{topic}: {unclear.Message}");
        }
    }

    /// <summary>Takes a receipt, also one that could not be judged yet.</summary>
    internal void Add(Receipt receipt, bool retained)
    {
        lock (_gate)
        {
            // The newest of a session is the highest; another session's is kept beside it, for a lower one tells of a restored database.
            var index = _receipts.FindIndex(held => held.Receipt.Epoch == receipt.Epoch && held.Receipt.Session == receipt.Session);
            if (index >= 0)
            {
                if (receipt.Through >= _receipts[index].Receipt.Through)
                {
                    _receipts[index] = (receipt, retained && _receipts[index].Retained);
                }
            }
            else if (_receipts.Count < EpochsMax)
            {
                _receipts.Add((receipt, retained));
            }
        }
    }

    private void Add(OutboxRange ownRange)
    {
        lock (_gate)
        {
            _ownRange = ownRange;
        }
    }

    /// <summary>A message came that is not what its topic says.</summary>
    private void Add(string unclear)
    {
        lock (_gate)
        {
            _unclear = unclear;
        }
    }

    /// <summary>A status that somebody published under our name; ours do not come back.</summary>
    private void Add(GatewayStatus status)
    {
        lock (_gate)
        {
            _status = status;
        }
    }

    internal (IReadOnlyList<(Receipt Receipt, bool Retained)> Receipts, OutboxRange? OwnRange, string? Unclear, GatewayStatus? Status) Take()
    {
        lock (_gate)
        {
            IReadOnlyList<(Receipt Receipt, bool Retained)> receipts = _receipts.Count == 0 ? [] : [.. _receipts];
            var taken = (receipts, _ownRange, _unclear, _status);
            _receipts.Clear();
            (_ownRange, _unclear, _status) = (null, null, null);
            return taken;
        }
    }
}
