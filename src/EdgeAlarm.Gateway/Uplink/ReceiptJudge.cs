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
    // who spoke last of each epoch that is held, alive: a retained receipt says nothing of who runs now
    private readonly Dictionary<Guid, string> _sessions = [];
    private (Guid Epoch, long Through) _restoredFrom;

    /// <summary>Acts on one receipt.</summary>
    internal async Task JudgeAsync(SendCursor cursor, UplinkCounters counters, Receipt receipt, bool retained, TimeSpan now, CancellationToken cancellationToken)
    {
        var state = outbox.State;
        var epoch = state.Epochs.FirstOrDefault(held => held.Epoch == receipt.Epoch);
        var last = outbox.LastSeq(receipt.Epoch);
        if (epoch is null || receipt.Through > last)
        {
            if (receipt.Epoch == state.Epochs[^1].Epoch)
            {
                Fork(receipt.Epoch, receipt.Through, last);
            }

            return;
        }

        // A retained receipt may be older than what we know (a broker that was restored); only a living historian proves that its database went back.
        if (!retained)
        {
            if (receipt.Through < epoch.Receipted && _sessions.GetValueOrDefault(receipt.Epoch) != receipt.Session)
            {
                await RestoredAsync(cursor, epoch, receipt, now, cancellationToken);
            }

            Remember(state, receipt);
        }

        outbox.Receipted(receipt.Epoch, receipt.Through);
        if (receipt.Epoch == cursor.Epoch && cursor.Receipted(now, receipt.Through))
        {
            counters.LastReceiptAt = time.GetUtcNow();
        }

        if (_restored.IsActive && receipt.Epoch == _restoredFrom.Epoch && receipt.Through >= _restoredFrom.Through)
        {
            _restored.Set(active: false, "The historian has everything again that it had receipted before.");
        }
    }

    /// <summary>Our own retained range came back from the broker: it can name more than our journal has only if this journal is an older copy.</summary>
    internal void Judge(OutboxRange ownRange)
    {
        if (ownRange.Epoch == outbox.State.Epochs[^1].Epoch && ownRange.Last > outbox.LastSeq(ownRange.Epoch))
        {
            Fork(ownRange.Epoch, ownRange.Last, outbox.LastSeq(ownRange.Epoch));
        }
    }

    private void Remember(OutboxState state, Receipt receipt)
    {
        if (!_sessions.ContainsKey(receipt.Epoch))
        {
            foreach (var gone in _sessions.Keys.Where(epoch => state.Epochs.All(held => held.Epoch != epoch)).ToList())
            {
                _sessions.Remove(gone);
            }
        }

        _sessions[receipt.Epoch] = receipt.Session;
    }

    private void Fork(Guid epoch, long known, long last)
    {
        if (_forked.Add(epoch))
        {
            UplinkLog.Fork(log, epoch, known, last);
            forkDetected(epoch, known, last);
        }
    }

    private async Task RestoredAsync(SendCursor cursor, OutboxEpoch epoch, Receipt receipt, TimeSpan now, CancellationToken cancellationToken)
    {
        UplinkLog.Restored(log, receipt.Epoch, epoch.Receipted, receipt.Through);
        await outbox.RewindAsync(receipt.Epoch, receipt.Through, cancellationToken);
        _restoredFrom = (epoch.Epoch, epoch.Receipted);
        _restored.Set(
            active: true,
            string.Create(CultureInfo.InvariantCulture, $"The historian's receipt of epoch {epoch.Epoch} went back from {epoch.Receipted} to {receipt.Through}; the difference is sent again."));
        if (receipt.Epoch == cursor.Epoch)
        {
            cursor.Begin(now, receipt.Epoch, receipt.Through);
        }
    }
}
