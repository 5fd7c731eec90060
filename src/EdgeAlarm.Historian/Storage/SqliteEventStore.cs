using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EdgeAlarm.Historian.Storage;

/// <summary>
/// The embedded store for sites where no database is installed, and for the demo. Write-ahead log with synchronous=FULL: a commit is on the disk before its receipt goes out.
/// </summary>
/// <param name="path">The database file; its folder is created.</param>
/// <param name="time">Gives the stored_at of rows.</param>
public sealed class SqliteEventStore(string path, TimeProvider time) : SqlEventStore(time)
{
    private const int SqliteTooBig = 18;
    private const int SqliteConstraint = 19;
    private const int SqliteMismatch = 20;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private FileStream? fence;

    /// <inheritdoc/>
    public override string Name => $"SQLite {path}";

    /// <summary>A time as its columns hold it: of one length, so that text order is time order.</summary>
    internal static string TimeText(DateTime at) => at.ToString(TimeFormat, CultureInfo.InvariantCulture);

    internal override string RowLock => "";

    private protected override IReadOnlyList<string> SchemaSteps => SqliteSchema.Steps;

    private protected override async Task<DbConnection?> OpenAsync(CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!; // a file's full path has a folder
        Directory.CreateDirectory(folder);
        fence = TryFence(path + ".lock");
        if (fence is null)
        {
            return null;
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private protected override void Release()
    {
        fence?.Dispose();
        fence = null;
    }

    private protected override bool RefusesRows(Exception fault) =>
        fault is SqliteException { SqliteErrorCode: SqliteTooBig or SqliteConstraint or SqliteMismatch };

    private protected override string NextStep(Exception fault) => "check that the folder exists, can be written and has space; tried again by itself";

    private protected override object? ToDatabase(object? value) => value switch
    {
        Guid epoch => epoch.ToString("D"),
        DateTime at => TimeText(at),
        _ => value,
    };

    private protected override async Task<HashSet<EventKey>> InsertAsync(DbTransaction transaction, IReadOnlyList<IncomingEvent> rows, CancellationToken cancellationToken)
    {
        var inserted = new HashSet<EventKey>();
        var at = UtcNow;
        foreach (var row in rows)
        {
            var made = await ExecuteAsync(
                transaction,
                """
                INSERT INTO alarm_event (gateway, epoch, seq, kind, alarm, occurrence, event_time, stored_at, priority, area, state, payload, content_hash)
                VALUES (@gateway, @epoch, @seq, @kind, @alarm, @occurrence, @event_time, @stored_at, @priority, @area, @state, @payload, @hash) ON CONFLICT DO NOTHING
                """,
                cancellationToken,
                ("gateway", row.Key.Gateway), ("epoch", row.Key.Epoch), ("seq", row.Key.Seq), ("kind", row.Kind), ("alarm", row.Alarm), ("occurrence", row.Occurrence),
                ("event_time", row.EventTime), ("stored_at", at), ("priority", row.Priority), ("area", row.Area), ("state", row.State), ("payload", row.Payload), ("hash", row.ContentHash));
            if (made > 0)
            {
                inserted.Add(row.Key);
            }
        }

        return inserted;
    }

    private protected override async Task<Dictionary<EventKey, byte[]>> HashesAsync(DbTransaction transaction, IReadOnlyList<IncomingEvent> rows, CancellationToken cancellationToken)
    {
        // within the process a question costs no round trip
        var hashes = new Dictionary<EventKey, byte[]>();
        foreach (var key in rows.Select(row => row.Key))
        {
            const string Text = "SELECT content_hash FROM alarm_event WHERE gateway = @gateway AND epoch = @epoch AND seq = @seq";
            await using var command = Command(transaction, Text, ("gateway", key.Gateway), ("epoch", key.Epoch), ("seq", key.Seq));
            if (await command.ExecuteScalarAsync(cancellationToken) is byte[] hash)
            {
                hashes[key] = hash;
            }
        }

        return hashes;
    }

    internal override async Task UpsertCurrentAsync(DbTransaction transaction, IReadOnlyList<(IncomingEvent Event, long Ordinal)> rows, CancellationToken cancellationToken)
    {
        var at = UtcNow;
        foreach (var (row, ordinal) in rows)
        {
            await ExecuteAsync(
                transaction,
                """
                INSERT INTO alarm_current (gateway, alarm, state, level, kind, occurrence, event_time, priority, area, message, epoch, epoch_ordinal, seq, updated_at)
                VALUES (@gateway, @alarm, @state, @level, @kind, @occurrence, @event_time, @priority, @area, @message, @epoch, @ordinal, @seq, @at)
                ON CONFLICT (gateway, alarm) DO UPDATE SET state = excluded.state, level = excluded.level, kind = excluded.kind, occurrence = excluded.occurrence,
                    event_time = excluded.event_time, priority = excluded.priority, area = excluded.area, message = excluded.message,
                    epoch = excluded.epoch, epoch_ordinal = excluded.epoch_ordinal, seq = excluded.seq, updated_at = excluded.updated_at
                WHERE (excluded.epoch_ordinal, excluded.seq) > (alarm_current.epoch_ordinal, alarm_current.seq)
                """,
                cancellationToken,
                ("gateway", row.Key.Gateway), ("alarm", row.Alarm), ("state", row.State), ("level", row.Level), ("kind", row.Kind), ("occurrence", row.Occurrence), ("event_time", row.EventTime),
                ("priority", row.Priority), ("area", row.Area), ("message", row.Message), ("epoch", row.Key.Epoch), ("ordinal", ordinal), ("seq", row.Key.Seq), ("at", at));
        }
    }

    /// <summary>A file held open alone says who is active; the system gives it back when the process dies, however it dies.</summary>
    private static FileStream? TryFence(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
