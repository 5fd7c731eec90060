using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace EdgeAlarm.Historian.Storage;

/// <summary>
/// The real store. A session-level advisory lock named after the group makes one historian active; it is held by the very connection that writes, so losing one is losing
/// both. Rows of a batch go in by one statement over arrays (unnest).
/// </summary>
public sealed class PostgresEventStore : SqlEventStore
{
    private const int CommandTimeoutSeconds = 15;
    private const int ConnectTimeoutSeconds = 10;
    private readonly string connectionString;
    private readonly long groupLock;

    /// <summary>Takes the settings; nothing is opened yet.</summary>
    /// <param name="connectionString">Npgsql connection string, with the password.</param>
    /// <param name="group">Historians of one group share the work: one is active.</param>
    /// <param name="time">Gives the stored_at of rows.</param>
    public PostgresEventStore(string connectionString, string group, TimeProvider time)
        : base(time)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false, // the lock lives and dies with this one connection
            CommandTimeout = CommandTimeoutSeconds,
            Timeout = ConnectTimeoutSeconds,
            ApplicationName = "edgealarm historian " + group,
        };
        this.connectionString = settings.ToString();
        Name = $"PostgreSQL {settings.Host}:{settings.Port}/{settings.Database}";
        groupLock = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes("edgealarm historian group " + group)));
    }

    /// <inheritdoc/>
    public override string Name { get; }

    internal override string RowLock => " FOR UPDATE";

    private protected override IReadOnlyList<string> SchemaSteps => PostgresSchema.Steps;

    private protected override async Task<DbConnection?> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);

            // a commit is a promise here, whatever the server's default; and a writer that froze or fell off the network must lose its lock within a minute
            await ExecuteAsync(connection, """
                SET synchronous_commit = on; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s';
                SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
                """, cancellationToken);
            await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock(@key)", connection);
            command.Parameters.AddWithValue("key", groupLock);
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                return connection;
            }

            await connection.DisposeAsync();
            return null;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private protected override void Release()
    {
        // the server frees the lock with the connection
    }

    /// <summary>Class 22 is a value that the database cannot hold (e.g. a NUL in jsonb), 54 a limit such as the length of an indexed text.</summary>
    private protected override bool RefusesRows(Exception fault) =>
        fault is PostgresException { SqlState: var state } && (state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("54", StringComparison.Ordinal));

    private protected override string NextStep(Exception fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } => "check store.user and store.passwordFile; tried again by itself",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "create the database (createdb) or correct store.postgres; tried again by itself",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => "grant the user CREATE on the schema; tried again by itself",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "free space on the database server; tried again by itself",
        _ => "check that the server runs and can be reached; tried again by itself",
    };

    private protected override async Task<HashSet<EventKey>> InsertAsync(DbTransaction transaction, IReadOnlyList<IncomingEvent> rows, CancellationToken cancellationToken)
    {
        var inserted = new HashSet<EventKey>();
        if (rows.Count == 0)
        {
            return inserted;
        }

        await using var command = (NpgsqlCommand)Command(transaction, """
            INSERT INTO alarm_event (gateway, epoch, seq, kind, alarm, occurrence, event_time, stored_at, priority, area, state, payload, content_hash)
            SELECT gateway, epoch, seq, kind, alarm, occurrence, event_time, @stored_at, priority, area, state, payload::jsonb, hash
            FROM unnest(@gateway, @epoch, @seq, @kind, @alarm, @occurrence, @event_time, @priority, @area, @state, @payload, @hash)
                AS row (gateway, epoch, seq, kind, alarm, occurrence, event_time, priority, area, state, payload, hash)
            ON CONFLICT DO NOTHING RETURNING gateway, epoch, seq
            """, ("stored_at", UtcNow));
        AddKeys(command, rows);
        Add(command, "kind", NpgsqlDbType.Text, rows.Select(row => row.Kind));
        Add(command, "alarm", NpgsqlDbType.Text, rows.Select(row => row.Alarm));
        Add(command, "occurrence", NpgsqlDbType.Text, rows.Select(row => row.Occurrence));
        Add(command, "event_time", NpgsqlDbType.TimestampTz, rows.Select(row => row.EventTime));
        Add(command, "priority", NpgsqlDbType.Text, rows.Select(row => row.Priority));
        Add(command, "area", NpgsqlDbType.Text, rows.Select(row => row.Area));
        Add(command, "state", NpgsqlDbType.Text, rows.Select(row => row.State));
        Add(command, "payload", NpgsqlDbType.Text, rows.Select(row => row.Payload));
        Add(command, "hash", NpgsqlDbType.Bytea, rows.Select(row => row.ContentHash));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            inserted.Add(new EventKey(reader.GetString(0), reader.GetGuid(1), reader.GetInt64(2)));
        }

        return inserted;
    }

    private protected override async Task<Dictionary<EventKey, byte[]>> HashesAsync(DbTransaction transaction, IReadOnlyList<IncomingEvent> rows, CancellationToken cancellationToken)
    {
        var hashes = new Dictionary<EventKey, byte[]>();
        if (rows.Count == 0)
        {
            return hashes;
        }

        await using var command = (NpgsqlCommand)Command(transaction, """
            SELECT gateway, epoch, seq, content_hash FROM alarm_event
            JOIN unnest(@gateway, @epoch, @seq) AS wanted (gateway, epoch, seq) USING (gateway, epoch, seq)
            """);
        AddKeys(command, rows);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            hashes[new EventKey(reader.GetString(0), reader.GetGuid(1), reader.GetInt64(2))] = reader.GetFieldValue<byte[]>(3);
        }

        return hashes;
    }

    internal override async Task UpsertCurrentAsync(DbTransaction transaction, IReadOnlyList<(IncomingEvent Event, long Ordinal)> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var command = (NpgsqlCommand)Command(transaction, """
            INSERT INTO alarm_current AS old (gateway, alarm, state, level, kind, occurrence, event_time, priority, area, message, epoch, epoch_ordinal, seq, updated_at)
            SELECT gateway, alarm, state, level, kind, occurrence, event_time, priority, area, message, epoch, ordinal, seq, @at
            FROM unnest(@gateway, @alarm, @state, @level, @kind, @occurrence, @event_time, @priority, @area, @message, @epoch, @ordinal, @seq)
                AS row (gateway, alarm, state, level, kind, occurrence, event_time, priority, area, message, epoch, ordinal, seq)
            ON CONFLICT (gateway, alarm) DO UPDATE SET state = excluded.state, level = excluded.level, kind = excluded.kind, occurrence = excluded.occurrence,
                event_time = excluded.event_time, priority = excluded.priority, area = excluded.area, message = excluded.message,
                epoch = excluded.epoch, epoch_ordinal = excluded.epoch_ordinal, seq = excluded.seq, updated_at = excluded.updated_at
            WHERE (excluded.epoch_ordinal, excluded.seq) > (old.epoch_ordinal, old.seq)
            """, ("at", UtcNow));
        var events = rows.Select(row => row.Event).ToList();
        AddKeys(command, events);
        Add(command, "ordinal", NpgsqlDbType.Bigint, rows.Select(row => row.Ordinal));
        Add(command, "alarm", NpgsqlDbType.Text, events.Select(row => row.Alarm));
        Add(command, "state", NpgsqlDbType.Text, events.Select(row => row.State));
        Add(command, "level", NpgsqlDbType.Text, events.Select(row => row.Level));
        Add(command, "kind", NpgsqlDbType.Text, events.Select(row => row.Kind));
        Add(command, "occurrence", NpgsqlDbType.Text, events.Select(row => row.Occurrence));
        Add(command, "event_time", NpgsqlDbType.TimestampTz, events.Select(row => row.EventTime));
        Add(command, "priority", NpgsqlDbType.Text, events.Select(row => row.Priority));
        Add(command, "area", NpgsqlDbType.Text, events.Select(row => row.Area));
        Add(command, "message", NpgsqlDbType.Text, events.Select(row => row.Message));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddKeys(NpgsqlCommand command, IReadOnlyList<IncomingEvent> rows)
    {
        Add(command, "gateway", NpgsqlDbType.Text, rows.Select(row => row.Key.Gateway));
        Add(command, "epoch", NpgsqlDbType.Uuid, rows.Select(row => row.Key.Epoch));
        Add(command, "seq", NpgsqlDbType.Bigint, rows.Select(row => row.Key.Seq));
    }

    private static void Add<T>(NpgsqlCommand command, string name, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = values.ToArray() });

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
