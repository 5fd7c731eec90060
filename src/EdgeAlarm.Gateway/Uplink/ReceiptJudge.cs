using System.Globalization;
using EdgeAlarm.Gateway.Outbox;
using EdgeAlarm.Wire;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>Judges what comes back from the centre: progress, a fork of our journal, or a historian whose database was restored (rules R5 and R7).</summary>
internal sealed class ReceiptJudge(EventOutbox outbox, TimeProvider time, ILogger log, Action<string, bool, string> report, Action<Guid, long, long> forkDetected)
{
    private readonly SystemCondition _restored = new(UplinkConditions.HistorianRestored, report);
    private readonly HashSet<Guid> _forked = [];
    // who spoke last of each epoch of ours, alive: a retained receipt says nothing of who runs now
    private readonly Dictionary<Guid, string> _sessions = [];
    private (Guid Epoch, long Through) _restoredFrom;

    /// <summary>Acts on one receipt.</summary>
    /// <returns>False where the event that it names cannot be looked at yet, since the outbox is being filled: it has to come again.</returns>
    internal async Task<bool> JudgeAsync(SendCursor cursor, UplinkCounters counters, Receipt receipt, bool retained, TimeSpan now, CancellationToken cancellationToken)
    {
        var state = outbox.State;
        var epoch = state.Epochs.FirstOrDefault(held => held.Epoch == receipt.Epoch);
        var last = outbox.LastSeq(receipt.Epoch);
        if (_restored.IsActive && receipt.Epoch == _restoredFrom.Epoch && receipt.Through >= _restoredFrom.Through)
        {
            _restored.Set(active: false, "The historian has everything again that it had receipted before.");
        }

        if (epoch is null)
        {
            // receipted to its end long ago, or never ours; where the database went back behind its end, the journal may have it still
            if (!retained && last > 0)
            {
                _sessions[receipt.Epoch] = receipt.Session;
                if (!receipt.HasConflict && receipt.Through < last)
                {
                    await RestoredAsync(cursor, receipt, last, now, cancellationToken);
                }
            }

            return true;
        }

        if (_forked.Contains(receipt.Epoch))
        {
            return true;
        }

        if (receipt.HasConflict || receipt.Through > last)
        {
            Fork(receipt.Epoch, receipt.Through, last);
            return true;
        }

        if (receipt.Through > epoch.Receipted && await IsOursAsync(receipt, cancellationToken) is var isOurs and not true)
        {
            if (isOurs == false)
            {
                Fork(receipt.Epoch, receipt.Through, last);
            }

            return isOurs is not null;
        }

        // A retained receipt may be older than what we know (a broker that was restored); only a living historian proves that its database went back.
        if (!retained)
        {
            var isNewSession = _sessions.GetValueOrDefault(receipt.Epoch) != receipt.Session;
            _sessions[receipt.Epoch] = receipt.Session;
            if (isNewSession && receipt.Through < epoch.Receipted)
            {
                await RestoredAsync(cursor, receipt, epoch.Receipted, now, cancellationToken);
            }

            if (isNewSession && receipt.Epoch == state.Epochs[^1].Epoch)
            {
                await ReopenAsync(state, receipt.Session, cancellationToken);
            }
        }

        outbox.Receipted(receipt.Epoch, receipt.Through);
        if (receipt.Epoch == cursor.Epoch && cursor.Receipted(now, receipt.Through))
        {
            counters.LastReceiptAt = time.GetUtcNow();
        }

        return true;
    }

    /// <summary>Whether the centre has events of an epoch that are not ours: nothing that it receipts of it says anything of what we have.</summary>
    internal bool IsForked(Guid epoch) => _forked.Contains(epoch);

    /// <summary>The session of the historian that spoke last of an epoch; empty if none did.</summary>
    internal string SessionOf(Guid epoch) => _sessions.GetValueOrDefault(epoch, "");

    /// <summary>Our own retained range came back from the broker: it can name more than our journal has only if this journal is an older copy.</summary>
    internal void Judge(OutboxRange ownRange)
    {
        if (ownRange.Epoch == outbox.State.Epochs[^1].Epoch && ownRange.Last > outbox.LastSeq(ownRange.Epoch))
        {
            Fork(ownRange.Epoch, ownRange.Last, outbox.LastSeq(ownRange.Epoch));
        }
    }

    // a database may have gone back to before it knew of an epoch that is over: then it says nothing of it, while it tells of all that it knows, the present one last, whenever it begins or hears our status
    private async Task ReopenAsync(OutboxState state, string session, CancellationToken cancellationToken)
    {
        foreach (var (epoch, last) in outbox.Known)
        {
            if (last > 0 && _sessions.GetValueOrDefault(epoch) != session && !state.Epochs.Any(held => held.Epoch == epoch))
            {
                UplinkLog.Restored(log, epoch, last, 0);
                await outbox.RewindAsync(epoch, 0, cancellationToken);
            }
        }
    }

    private void Fork(Guid epoch, long known, long last)
    {
        // an epoch that is over was left already; it only has to be handed over in another way
        if (_forked.Add(epoch) && epoch == outbox.State.Epochs[^1].Epoch)
        {
            UplinkLog.Fork(log, epoch, known, last);
            forkDetected(epoch, known, last);
        }
    }

    // a receipt proves that it is of our own events by the hash of the last one; null where that event cannot be looked at now
    private async Task<bool?> IsOursAsync(Receipt receipt, CancellationToken cancellationToken)
    {
        if (receipt.Hash.Length == 0)
        {
            return true;
        }

        var events = await outbox.ReadAsync(receipt.Epoch, receipt.Through, 1, cancellationToken);
        return events.Count == 0 ? null : events[0].Seq > receipt.Through || string.Equals(Convert.ToHexStringLower(ContentHash.Of(events[0].Payload.Span)), receipt.Hash, StringComparison.Ordinal);
    }

    private async Task RestoredAsync(SendCursor cursor, Receipt receipt, long receiptedBefore, TimeSpan now, CancellationToken cancellationToken)
    {
        UplinkLog.Restored(log, receipt.Epoch, receiptedBefore, receipt.Through);
        await outbox.RewindAsync(receipt.Epoch, receipt.Through, cancellationToken);
        _restoredFrom = (receipt.Epoch, receiptedBefore);
        _restored.Set(
            active: true,
            string.Create(CultureInfo.InvariantCulture, $"The historian's receipt of epoch {receipt.Epoch} went back from {receiptedBefore} to {receipt.Through}; the difference is sent again."));
        if (receipt.Epoch == cursor.Epoch)
        {
            cursor.Begin(now, receipt.Epoch, receipt.Through);
        }
    }
}
