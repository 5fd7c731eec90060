using System.Data.Common;
using System.Globalization;

namespace EdgeAlarm.Historian.Storage;

/// <summary>The epochs of the gateways within one transaction: their age, their watermark, their conflicts and losses.</summary>
/// <param name="store">The store, for its ways of speaking SQL.</param>
/// <param name="transaction">The open transaction.</param>
internal sealed class EpochLedger(SqlEventStore store, DbTransaction transaction)
{
    private const int PageLength = 4096;

    /// <summary>
    /// Finds or makes the row of an epoch whose events come, and locks it. One never seen is an older one that is drained late, and takes its place before the present one: a gateway says which one that is
    /// before it sends anything of it.
    /// </summary>
    internal async Task<EpochProgress> EnterAsync(string gateway, Guid epoch, CancellationToken cancellationToken)
    {
        if (await FindAsync(gateway, epoch, cancellationToken) is { } known)
        {
            return known;
        }

        var present = await PresentAsync(gateway, cancellationToken);
        if (present is null)
        {
            return await MakeAsync(new(gateway, epoch, 1, 0), cancellationToken);
        }

        await MoveAsync(present with { Ordinal = present.Ordinal + 1 }, cancellationToken);
        return await MakeAsync(new(gateway, epoch, present.Ordinal, 0), cancellationToken);
    }

    /// <summary>Makes an epoch the present one of its gateway: it is new, or others were seen after it (a store restored and refilled out of turn).</summary>
    internal async Task DeclareAsync(string gateway, Guid epoch, CancellationToken cancellationToken)
    {
        var present = await PresentAsync(gateway, cancellationToken);
        if (present?.Epoch == epoch)
        {
            return;
        }

        var ordinal = (present?.Ordinal ?? 0) + 1;
        if (await FindAsync(gateway, epoch, cancellationToken) is { } known)
        {
            await MoveAsync(known with { Ordinal = ordinal }, cancellationToken);
            await ForgetStandingAsync(known with { Ordinal = ordinal }, cancellationToken);
            await StateAgainAsync(known with { Ordinal = ordinal }, cancellationToken);
        }
        else
        {
            await ForgetStandingAsync(await MakeAsync(new(gateway, epoch, ordinal, 0), cancellationToken), cancellationToken);
        }
    }

    private async Task<EpochProgress?> FindAsync(string gateway, Guid epoch, CancellationToken cancellationToken)
    {
        var text = "SELECT ordinal, through FROM gateway_progress WHERE gateway = @gateway AND epoch = @epoch" + store.RowLock;
        await using var command = store.Command(transaction, text, ("gateway", gateway), ("epoch", epoch));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? new EpochProgress(gateway, epoch, rows.GetInt64(0), rows.GetInt64(1)) : null;
    }

    private async Task<EpochProgress?> PresentAsync(string gateway, CancellationToken cancellationToken)
    {
        const string Text = "SELECT epoch, ordinal, through FROM gateway_progress WHERE gateway = @gateway ORDER BY ordinal DESC LIMIT 1";
        await using var command = store.Command(transaction, Text, ("gateway", gateway));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? new EpochProgress(gateway, rows.GetGuid(0), rows.GetInt64(1), rows.GetInt64(2)) : null;
    }

    private async Task<EpochProgress> MakeAsync(EpochProgress made, CancellationToken cancellationToken)
    {
        await store.ExecuteAsync(
            transaction,
            "INSERT INTO gateway_progress (gateway, epoch, ordinal, through, updated_at) VALUES (@gateway, @epoch, @ordinal, 0, @at)",
            cancellationToken,
            ("gateway", made.Gateway), ("epoch", made.Epoch), ("ordinal", made.Ordinal), ("at", store.UtcNow));
        return made;
    }

    private async Task MoveAsync(EpochProgress moved, CancellationToken cancellationToken)
    {
        (string, object?)[] names = [("gateway", moved.Gateway), ("epoch", moved.Epoch), ("ordinal", moved.Ordinal)];
        await store.ExecuteAsync(transaction, "UPDATE gateway_progress SET ordinal = @ordinal WHERE gateway = @gateway AND epoch = @epoch", cancellationToken, names);
        await store.ExecuteAsync(transaction, "UPDATE alarm_current SET epoch_ordinal = @ordinal WHERE gateway = @gateway AND epoch = @epoch", cancellationToken, names);
    }

    /// <summary>What stood when a journal was lost is unknown until the new epoch states it: the plant went on meanwhile.</summary>
    private Task<int> ForgetStandingAsync(EpochProgress present, CancellationToken cancellationToken) => store.ExecuteAsync(
        transaction,
        """
        UPDATE alarm_current SET state = 'Unknown', epoch = @epoch, epoch_ordinal = @ordinal, seq = 0, updated_at = @at
        WHERE gateway = @gateway AND epoch_ordinal < @ordinal AND state <> 'Normal'
        """,
        cancellationToken,
        ("epoch", present.Epoch), ("ordinal", present.Ordinal), ("at", store.UtcNow), ("gateway", present.Gateway));

    // what the epoch said last of each alarm
    private async Task StateAgainAsync(EpochProgress present, CancellationToken cancellationToken)
    {
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
        var after = before with { Through = start, HasConflict = conflict is not null };
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

        return after with { Hash = await HashAsync(after, cancellationToken) };
    }

    private async Task<string> HashAsync(EpochProgress at, CancellationToken cancellationToken)
    {
        await using var command = store.Command(
            transaction, "SELECT content_hash FROM alarm_event WHERE gateway = @gateway AND epoch = @epoch AND seq = @seq", ("gateway", at.Gateway), ("epoch", at.Epoch), ("seq", at.Through));
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] hash ? Convert.ToHexStringLower(hash) : "";
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
