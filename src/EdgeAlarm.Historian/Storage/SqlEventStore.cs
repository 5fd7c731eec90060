using System.Data;
using System.Data.Common;
using System.Globalization;

namespace EdgeAlarm.Historian.Storage;

/// <summary>
/// The transactions that both databases share; what differs (opening, the lock, writing many rows at once) is left to the two stores. One connection does everything and
/// holds the lock, so a writer whose connection broke cannot write behind the back of the standby that took over.
/// </summary>
public abstract class SqlEventStore : IEventStore
{
    private readonly TimeProvider time;
    private DbConnection? connection;

    /// <summary>For the two stores.</summary>
    /// <param name="time">Gives the stored_at of rows.</param>
    private protected SqlEventStore(TimeProvider time) => this.time = time;

    /// <inheritdoc/>
    public abstract string Name { get; }

    internal DateTime UtcNow => time.GetUtcNow().UtcDateTime;

    /// <summary>Makes a transaction keep the row that was read from other writers.</summary>
    internal abstract string RowLock { get; }

    private protected abstract IReadOnlyList<string> SchemaSteps { get; }

    /// <inheritdoc/>
    public async Task<bool> TryActivateAsync(CancellationToken cancellationToken)
    {
        await DeactivateAsync();
        try
        {
            connection = await OpenAsync(cancellationToken);
            if (connection is null)
            {
                return false;
            }

            return await InTransactionAsync(async transaction =>
            {
                await MigrateAsync(transaction, cancellationToken);
                return true;
            }, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await DeactivateAsync();
            throw fault is EventStoreException ? fault : Away(fault);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<EpochProgress>> ProgressAsync(CancellationToken cancellationToken) => InTransactionAsync<IReadOnlyList<EpochProgress>>(
        async transaction =>
        {
            const string Text = """
                SELECT p.gateway, p.epoch, p.ordinal, p.through, e.content_hash,
                    (SELECT count(*) FROM event_conflict c WHERE c.gateway = p.gateway AND c.epoch = p.epoch) AS conflicts
                FROM gateway_progress p LEFT JOIN alarm_event e ON e.gateway = p.gateway AND e.epoch = p.epoch AND e.seq = p.through
                ORDER BY p.gateway, p.ordinal
                """;
            await using var command = Command(transaction, Text);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            var all = new List<EpochProgress>();
            while (await rows.ReadAsync(cancellationToken))
            {
                all.Add(new EpochProgress(rows.GetString(0), rows.GetGuid(1), rows.GetInt64(2), rows.GetInt64(3))
                {
                    Hash = rows.IsDBNull(4) ? "" : Convert.ToHexStringLower(rows.GetFieldValue<byte[]>(4)),
                    HasConflict = rows.GetInt64(5) > 0,
                });
            }

            return all;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<StoreOutcome> StoreAsync(IReadOnlyList<IncomingEvent> batch, CancellationToken cancellationToken) =>
        InTransactionAsync(transaction => StoreAsync(transaction, batch, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task DeclareEpochAsync(string gateway, Guid epoch, CancellationToken cancellationToken) => InTransactionAsync(
        async transaction =>
        {
            await new EpochLedger(this, transaction).DeclareAsync(gateway, epoch, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<EpochProgress> RecordLossAsync(string gateway, Guid epoch, long first, CancellationToken cancellationToken) => InTransactionAsync(
        async transaction =>
        {
            var ledger = new EpochLedger(this, transaction);
            var before = await ledger.EnterAsync(gateway, epoch, cancellationToken);
            var conflict = await ledger.FirstConflictAsync(gateway, epoch, cancellationToken);
            var last = Math.Min(first - 1, (conflict ?? long.MaxValue) - 1);
            if (last <= before.Through)
            {
                return await ledger.AdvanceAsync(before, before.Through, cancellationToken);
            }

            var stored = await ledger.StoredAsync(before, last, cancellationToken);
            foreach (var (from, to) in Watermark.Missing(before.Through + 1, last, stored))
            {
                await ledger.LossAsync(new EventKey(gateway, epoch, from), to, "the gateway does not hold them any more", cancellationToken);
            }

            return await ledger.AdvanceAsync(before, last, cancellationToken);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<StoreOutcome?> RejectAsync(RejectedPayload rejected, CancellationToken cancellationToken) => InTransactionAsync(
        async transaction =>
        {
            await ExecuteAsync(
                transaction,
                "INSERT INTO event_rejected (gateway, content_hash, payload, reason, epoch, seq, seen_at) VALUES (@gateway, @hash, @payload, @reason, @epoch, @seq, @at) ON CONFLICT DO NOTHING",
                cancellationToken,
                ("gateway", rejected.Gateway), ("hash", rejected.ContentHash), ("payload", rejected.Payload), ("reason", rejected.Reason), ("epoch", rejected.Key?.Epoch), ("seq", rejected.Key?.Seq), ("at", UtcNow));
            return rejected.Key is { } key
                ? await StoreAsync(transaction, [IncomingEvent.Rejected(key, rejected.ContentHash, rejected.Reason, UtcNow)], cancellationToken)
                : null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DeactivateAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens a connection that holds the group's lock; null if another holds it.</summary>
    private protected abstract Task<DbConnection?> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Gives back what <see cref="OpenAsync"/> took beside the connection.</summary>
    private protected abstract void Release();

    /// <summary>Whether the database refuses these rows and would again.</summary>
    private protected abstract bool RefusesRows(Exception fault);

    /// <summary>One sentence that tells the next step where the database is away.</summary>
    private protected abstract string NextStep(Exception fault);

    /// <summary>A value as the database takes it.</summary>
    private protected virtual object? ToDatabase(object? value) => value;

    /// <summary>Inserts rows whose key is new; gives the keys of those.</summary>
    private protected abstract Task<HashSet<EventKey>> InsertAsync(DbTransaction transaction, IReadOnlyList<IncomingEvent> rows, CancellationToken cancellationToken);

    /// <summary>The stored hash of each row: a gateway that sends thousands again must not cost a question each.</summary>
    private protected abstract Task<Dictionary<EventKey, byte[]>> HashesAsync(DbTransaction transaction, IReadOnlyList<IncomingEvent> rows, CancellationToken cancellationToken);

    /// <summary>Writes the present state of alarms, at most one row an alarm, where it is newer than what is there.</summary>
    internal abstract Task UpsertCurrentAsync(DbTransaction transaction, IReadOnlyList<(IncomingEvent Event, long Ordinal)> rows, CancellationToken cancellationToken);

    internal DbCommand Command(DbTransaction transaction, string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = transaction.Connection!.CreateCommand(); // an open transaction has its connection
        command.Transaction = transaction;
#pragma warning disable CA2100 // every text is a constant of this project; values travel as parameters
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = ToDatabase(value) ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    internal async Task<int> ExecuteAsync(DbTransaction transaction, string text, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await using var command = Command(transaction, text, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<StoreOutcome> StoreAsync(DbTransaction transaction, IReadOnlyList<IncomingEvent> batch, CancellationToken cancellationToken)
    {
        var arranged = ArrangedBatch.Of(batch);
        var ledger = new EpochLedger(this, transaction);
        var epochs = new Dictionary<(string, Guid), EpochProgress>();
        var keys = arranged.Unique.Select(item => (item.Key.Gateway, item.Key.Epoch)).Distinct().ToList();

        // twice: one that is new moves others
        foreach (var key in keys.Concat(keys))
        {
            epochs[key] = await ledger.EnterAsync(key.Gateway, key.Epoch, cancellationToken);
        }

        var inserted = await InsertAsync(transaction, arranged.Unique, cancellationToken);
        var suspects = arranged.Unique.Where(item => !inserted.Contains(item.Key)).Concat(arranged.Repeated).ToList();
        var (conflicts, duplicates) = await CompareAsync(transaction, suspects, cancellationToken);

        var fresh = arranged.Unique.Where(item => inserted.Contains(item.Key)).ToList();
        foreach (var marker in fresh.Where(item => item.Kind == IncomingEvent.LossKind))
        {
            await ledger.LossAsync(marker.Key, marker.Key.Seq, marker.Reason ?? "the gateway gave it up", cancellationToken);
        }

        var current = fresh
            .Where(item => item is { Alarm: not null, State: not null })
            .Select(item => (Event: item, epochs[(item.Key.Gateway, item.Key.Epoch)].Ordinal))
            .GroupBy(item => (item.Event.Key.Gateway, item.Event.Alarm), (_, of) => of.MaxBy(item => (item.Ordinal, item.Event.Key.Seq)))
            .ToList();
        await UpsertCurrentAsync(transaction, current, cancellationToken);

        var progress = new List<EpochProgress>(epochs.Count);
        foreach (var before in epochs.Values)
        {
            progress.Add(await ledger.AdvanceAsync(before, before.Through, cancellationToken));
        }

        return new StoreOutcome(progress, inserted.Count, arranged.Duplicates + duplicates, conflicts);
    }

    /// <summary>Events whose key was taken: the same bytes are a duplicate, others a conflict.</summary>
    private async Task<(List<EventConflict> Fresh, int Duplicates)> CompareAsync(DbTransaction transaction, IReadOnlyList<IncomingEvent> suspects, CancellationToken cancellationToken)
    {
        var fresh = new List<EventConflict>();
        var duplicates = 0;
        var hashes = await HashesAsync(transaction, suspects, cancellationToken);
        foreach (var item in suspects)
        {
            var stored = hashes[item.Key]; // its key stood in the way a moment ago, under our lock
            if (stored.AsSpan().SequenceEqual(item.ContentHash))
            {
                duplicates++;
                continue;
            }

            var made = await ExecuteAsync(
                transaction,
                "INSERT INTO event_conflict (gateway, epoch, seq, stored_hash, content_hash, payload, seen_at) VALUES (@gateway, @epoch, @seq, @stored, @hash, @payload, @at) ON CONFLICT DO NOTHING",
                cancellationToken,
                ("gateway", item.Key.Gateway), ("epoch", item.Key.Epoch), ("seq", item.Key.Seq), ("stored", stored), ("hash", item.ContentHash), ("payload", item.Payload), ("at", UtcNow));
            if (made > 0)
            {
                fresh.Add(new EventConflict(item.Key, stored, item.ContentHash));
            }
        }

        return (fresh, duplicates);
    }

    private async Task MigrateAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        await ExecuteAsync(transaction, "CREATE TABLE IF NOT EXISTS edgealarm_schema (version integer NOT NULL)", cancellationToken);
        await using var command = Command(transaction, "SELECT max(version) FROM edgealarm_schema");
        var found = await command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : 0;
        if (found > SchemaSteps.Count)
        {
            throw new EventStoreException($"{Name}: its schema has version {found}, this build knows {SchemaSteps.Count} at most; run the newer edgealarm", isTransient: true);
        }

        for (var version = found + 1; version <= SchemaSteps.Count; version++)
        {
            await ExecuteAsync(transaction, SchemaSteps[version - 1], cancellationToken);
            await ExecuteAsync(transaction, "INSERT INTO edgealarm_schema (version) VALUES (@version)", cancellationToken, ("version", version));
        }
    }

    private async Task<T> InTransactionAsync<T>(Func<DbTransaction, Task<T>> body, CancellationToken cancellationToken)
    {
        var open = connection ?? throw new EventStoreException($"{Name}: not the active writer", isTransient: true);
        try
        {
            await using var transaction = await open.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            var result = await body(transaction);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        catch (Exception fault) when (RefusesRows(fault))
        {
            throw new EventStoreException($"{Name} refuses the rows: {fault.Message}", isTransient: false, fault);
        }
        catch (Exception fault)
        {
            // whether a broken connection still committed is unknown here; the events come again and will be duplicates
            await DeactivateAsync();
            if (fault is OperationCanceledException or EventStoreException)
            {
                throw;
            }

            throw Away(fault);
        }
    }

    private EventStoreException Away(Exception fault) => new($"{Name}: {fault.Message.TrimEnd('.')}; {NextStep(fault)}", isTransient: true, fault);

    private async Task DeactivateAsync()
    {
        var old = connection;
        connection = null;
        try
        {
            if (old is not null)
            {
                await old.DisposeAsync();
            }
        }
        catch (DbException)
        {
            // it is broken already; only the object goes
        }
        finally
        {
            Release();
        }
    }
}
