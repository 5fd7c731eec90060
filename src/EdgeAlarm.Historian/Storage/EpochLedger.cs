using System.Data.Common;
using System.Globalization;

namespace EdgeAlarm.Historian.Storage;

/// <summary>The epochs of the gateways within one transaction: their age, their watermark, their conflicts and losses.</summary>
/// <param name="store">The store, for its ways of speaking SQL.</param>
/// <param name="transaction">The open transaction.</param>
internal sealed class EpochLedger(SqlEventStore store, DbTransaction transaction)
{
    private const int PageLength = 4096;

    /// <summary>Finds or makes the row of an epoch and locks it. An epoch never seen is the present one, until the gateway says otherwise.</summary>
    internal async Task<EpochProgress> EnterAsync(string gateway, Guid epoch, CancellationToken cancellationToken)
    {
        var made = await store.ExecuteAsync(
            transaction,
            """
            INSERT INTO gateway_progress (gateway, epoch, ordinal, through, updated_at)
            SELECT @gateway, @epoch, coalesce(max(ordinal), 0) + 1, 0, @at FROM gateway_progress WHERE gateway = @gateway ON CONFLICT DO NOTHING
            """,
            cancellationToken,
            ("gateway", gateway), ("epoch", epoch), ("at", store.UtcNow));
        var text = "SELECT ordinal, through FROM gateway_progress WHERE gateway = @gateway AND epoch = @epoch" + store.RowLock;
        EpochProgress known;
        await using (var command = store.Command(transaction, text, ("gateway", gateway), ("epoch", epoch)))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            await rows.ReadAsync(cancellationToken);
            known = new EpochProgress(gateway, epoch, rows.GetInt64(0), rows.GetInt64(1));
        }

        if (made > 0)
        {
            await ForgetStandingAsync(known, cancellationToken);
        }

        return known;
    }

    /// <summary>What stood when a journal was lost is unknown until the new epoch states it: the plant went on meanwhile.</summary>
    internal Task<int> ForgetStandingAsync(EpochProgress present, CancellationToken cancellationToken) => store.ExecuteAsync(
        transaction,
        """
        UPDATE alarm_current SET state = 'Unknown', epoch = @epoch, epoch_ordinal = @ordinal, seq = 0, updated_at = @at
        WHERE gateway = @gateway AND epoch_ordinal < @ordinal AND state <> 'Normal'
        """,
        cancellationToken,
        ("epoch", present.Epoch), ("ordinal", present.Ordinal), ("at", store.UtcNow), ("gateway", present.Gateway));

    /// <summary>An epoch turns out to be the present one although others were seen after it (a store restored and refilled out of turn).</summary>
    internal async Task RaiseAsync(EpochProgress present, CancellationToken cancellationToken)
    {
        (string, object?)[] names = [("gateway", present.Gateway), ("epoch", present.Epoch), ("ordinal", present.Ordinal)];
        await store.ExecuteAsync(transaction, "UPDATE gateway_progress SET ordinal = @ordinal WHERE gateway = @gateway AND epoch = @epoch", cancellationToken, names);
        await store.ExecuteAsync(transaction, "UPDATE alarm_current SET epoch_ordinal = @ordinal WHERE gateway = @gateway AND epoch = @epoch", cancellationToken, names);
        await ForgetStandingAsync(present, cancellationToken);

        var stated = new List<(IncomingEvent, long)>();
        var text = """
            SELECT e.payload FROM alarm_event e JOIN (
                SELECT alarm, max(seq) AS seq FROM alarm_event WHERE gateway = @gateway AND epoch = @epoch AND alarm IS NOT NULL AND state IS NOT NULL GROUP BY alarm) l
            ON e.seq = l.seq WHERE e.gateway = @gateway AND e.epoch = @epoch
            """;
        await using (var command = store.Command(transaction, text, ("gateway", present.Gateway), ("epoch", present.Epoch)))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            var topics = new Wire.Topics(present.Gateway[..present.Gateway.IndexOf('/', StringComparison.Ordinal)], present.Gateway[(present.Gateway.IndexOf('/', StringComparison.Ordinal) + 1)..]);
            while (await rows.ReadAsync(cancellationToken))
            {
                stated.Add((IncomingEvent.Parse(topics, System.Text.Encoding.UTF8.GetBytes(rows.GetString(0))), present.Ordinal));
            }
        }

        await store.UpsertCurrentAsync(transaction, stated, cancellationToken);
    }

    /// <summary>Records a range as lost.</summary>
    internal Task<int> LossAsync(EventKey from, long last, string reason, CancellationToken cancellationToken) => store.ExecuteAsync(
        transaction,
        "INSERT INTO event_loss (gateway, epoch, first_seq, last_seq, reason, recorded_at) VALUES (@gateway, @epoch, @first, @last, @reason, @at) ON CONFLICT DO NOTHING",
        cancellationToken,
        ("gateway", from.Gateway), ("epoch", from.Epoch), ("first", from.Seq), ("last", last), ("reason", reason), ("at", store.UtcNow));

    /// <summary>Moves the watermark from a point over the contiguous run behind it.</summary>
    internal async Task<EpochProgress> AdvanceAsync(EpochProgress before, long start, CancellationToken cancellationToken)
    {
        var conflict = await FirstConflictAsync(before.Gateway, before.Epoch, cancellationToken);
        var after = before with { Through = start };
        while (true)
        {
            var stored = await StoredAsync(after, long.MaxValue, cancellationToken);
            var through = Watermark.Advance(after.Through, conflict, stored);
            var pageEnd = after.Through + PageLength;
            after = after with { Through = through };
            if (through < pageEnd)
            {
                break;
            }
        }

        if (after.Through > before.Through)
        {
            await store.ExecuteAsync(
                transaction,
                "UPDATE gateway_progress SET through = @through, updated_at = @at WHERE gateway = @gateway AND epoch = @epoch",
                cancellationToken,
                ("through", after.Through), ("at", store.UtcNow), ("gateway", after.Gateway), ("epoch", after.Epoch));
        }

        return after;
    }

    /// <summary>Stored seqs beyond the watermark, ascending: one page, or all up to a bound.</summary>
    internal async Task<List<long>> StoredAsync(EpochProgress beyond, long to, CancellationToken cancellationToken)
    {
        var limit = to == long.MaxValue ? string.Create(CultureInfo.InvariantCulture, $" LIMIT {PageLength}") : "";
        var text = "SELECT seq FROM alarm_event WHERE gateway = @gateway AND epoch = @epoch AND seq > @through AND seq <= @to ORDER BY seq" + limit;
        await using var command = store.Command(transaction, text, ("gateway", beyond.Gateway), ("epoch", beyond.Epoch), ("through", beyond.Through), ("to", to));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var seqs = new List<long>();
        while (await rows.ReadAsync(cancellationToken))
        {
            seqs.Add(rows.GetInt64(0));
        }

        return seqs;
    }

    /// <summary>The lowest seq in conflict, or null.</summary>
    internal async Task<long?> FirstConflictAsync(string gateway, Guid epoch, CancellationToken cancellationToken)
    {
        await using var command = store.Command(transaction, "SELECT min(seq) FROM event_conflict WHERE gateway = @gateway AND epoch = @epoch", ("gateway", gateway), ("epoch", epoch));
        return await command.ExecuteScalarAsync(cancellationToken) is long seq ? seq : null;
    }
}
