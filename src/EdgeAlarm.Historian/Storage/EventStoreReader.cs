using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EdgeAlarm.Historian.Storage;

/// <summary>Read-only questions to the store, beside the writer and without hindering it. Safe for use by several callers at a time.</summary>
public sealed class EventStoreReader : IAsyncDisposable
{
    private readonly DbDataSource source;

    private EventStoreReader(DbDataSource source) => this.source = source;

    /// <summary>Reads from PostgreSQL.</summary>
    /// <param name="connectionString">Npgsql connection string, with the password.</param>
    public static EventStoreReader Postgres(string connectionString) =>
        new(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Options = "-c default_transaction_read_only=on" }));

    /// <summary>Reads from SQLite. The file must exist by the time of the first question.</summary>
    /// <param name="path">The database file.</param>
    public static EventStoreReader Sqlite(string path) =>
        new(SqliteFactory.Instance.CreateDataSource(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()));

    /// <summary>The newest events, newest first.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public Task<IReadOnlyList<StoredEvent>> LatestAsync(int count, CancellationToken cancellationToken = default) => QueryAsync(
        "SELECT gateway, epoch, seq, kind, alarm, occurrence, event_time, stored_at, priority, area, payload FROM alarm_event ORDER BY event_time DESC, seq DESC LIMIT @count",
        Event,
        cancellationToken,
        ("count", (long)count));

    /// <summary>All events by gateway, epoch and seq: what an evaluator counts.</summary>
    public Task<IReadOnlyList<StoredEvent>> AllAsync(CancellationToken cancellationToken = default) => QueryAsync(
        "SELECT gateway, epoch, seq, kind, alarm, occurrence, event_time, stored_at, priority, area, payload FROM alarm_event ORDER BY gateway, epoch, seq",
        Event,
        cancellationToken);

    /// <summary>Events whose time lies in a span, oldest first.</summary>
    /// <param name="from">First moment, UTC.</param>
    /// <param name="to">First moment after the span, UTC.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public Task<IReadOnlyList<StoredEvent>> BetweenAsync(DateTime from, DateTime to, CancellationToken cancellationToken = default) => QueryAsync(
        "SELECT gateway, epoch, seq, kind, alarm, occurrence, event_time, stored_at, priority, area, payload FROM alarm_event WHERE event_time >= @from AND event_time < @to ORDER BY event_time, gateway, epoch, seq",
        Event,
        cancellationToken,
        ("from", from),
        ("to", to));

    /// <summary>How often each transition of each occurrence is stored.</summary>
    public Task<IReadOnlyList<TransitionCount>> TransitionsAsync(CancellationToken cancellationToken = default) => QueryAsync(
        "SELECT gateway, alarm, occurrence, kind, count(*) FROM alarm_event WHERE alarm IS NOT NULL GROUP BY gateway, alarm, occurrence, kind ORDER BY gateway, alarm, occurrence, kind",
        row => new TransitionCount(row.GetString(0), row.GetString(1), Text(row, 2), row.GetString(3), row.GetInt64(4)),
        cancellationToken);

    /// <summary>The watermark of each epoch, by gateway and age.</summary>
    public Task<IReadOnlyList<EpochProgress>> ProgressAsync(CancellationToken cancellationToken = default) => QueryAsync(
        "SELECT gateway, epoch, ordinal, through FROM gateway_progress ORDER BY gateway, ordinal",
        row => new EpochProgress(row.GetString(0), row.GetGuid(1), row.GetInt64(2), row.GetInt64(3)),
        cancellationToken);

    /// <summary>The present state of each alarm, by gateway and alarm.</summary>
    public Task<IReadOnlyList<CurrentAlarm>> CurrentAsync(CancellationToken cancellationToken = default) => QueryAsync(
        "SELECT gateway, alarm, state, event_time, priority, area, message, level FROM alarm_current ORDER BY gateway, alarm",
        row => new CurrentAlarm(row.GetString(0), row.GetString(1), row.GetString(2), Time(row, 3), Text(row, 4), Text(row, 5), Text(row, 6), Text(row, 7)),
        cancellationToken);

    /// <summary>Ranges that were recorded as lost, by gateway, epoch and first seq.</summary>
    public Task<IReadOnlyList<StoredLoss>> LossesAsync(CancellationToken cancellationToken = default) => QueryAsync(
        "SELECT gateway, epoch, first_seq, last_seq, reason FROM event_loss ORDER BY gateway, epoch, first_seq",
        row => new StoredLoss(row.GetString(0), row.GetGuid(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4)),
        cancellationToken);

    /// <summary>Conflicts, by key.</summary>
    public Task<IReadOnlyList<EventConflict>> ConflictsAsync(CancellationToken cancellationToken = default) => QueryAsync(
        "SELECT gateway, epoch, seq, stored_hash, content_hash FROM event_conflict ORDER BY gateway, epoch, seq",
        row => new EventConflict(new EventKey(row.GetString(0), row.GetGuid(1), row.GetInt64(2)), (byte[])row.GetValue(3), (byte[])row.GetValue(4)),
        cancellationToken);

    /// <summary>What was parked, by gateway.</summary>
    public Task<IReadOnlyList<RejectedPayload>> RejectedAsync(CancellationToken cancellationToken = default) => QueryAsync(
        "SELECT gateway, payload, content_hash, reason, epoch, seq FROM event_rejected ORDER BY gateway, content_hash",
        row => new RejectedPayload(row.GetString(0), (byte[])row.GetValue(1), (byte[])row.GetValue(2), row.GetString(3), row.IsDBNull(4) ? null : new EventKey(row.GetString(0), row.GetGuid(4), row.GetInt64(5))),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static StoredEvent Event(DbDataReader row) => new(
        new EventKey(row.GetString(0), row.GetGuid(1), row.GetInt64(2)), row.GetString(3), Text(row, 4), Text(row, 5), Time(row, 6), Time(row, 7), Text(row, 8), Text(row, 9), row.GetString(10));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTime Time(DbDataReader row, int column) => row.GetValue(column) switch
    {
        string text => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        var value => (DateTime)value,
    };

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string text, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        await using var command = source.CreateCommand(text);
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value is DateTime at && source is not NpgsqlDataSource ? SqliteEventStore.TimeText(at) : value;
            command.Parameters.Add(parameter);
        }

        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var all = new List<T>();
        while (await rows.ReadAsync(cancellationToken))
        {
            all.Add(read(rows));
        }

        return all;
    }
}
