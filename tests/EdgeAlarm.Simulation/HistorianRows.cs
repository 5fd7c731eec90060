using EdgeAlarm.Evaluation;
using Npgsql;

namespace EdgeAlarm.Simulation;

/// <summary>Reads the historian's tables by the SQL contract that every reader has, not by the historian's own code.</summary>
internal static class HistorianRows
{
    public static async Task<IReadOnlyList<StoredFact>> ReadAsync(string connectionString)
    {
        var facts = new List<StoredFact>();
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("select epoch, seq, payload::text from alarm_event order by epoch, seq");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            facts.Add(StoredFacts.Parse(reader.GetGuid(0), reader.GetInt64(1), reader.GetString(2)));
        }

        return facts;
    }

    public static async Task<IReadOnlyDictionary<Guid, long>> ReadProgressAsync(string connectionString)
    {
        var through = new Dictionary<Guid, long>();
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("select epoch, through from gateway_progress");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            through[reader.GetGuid(0)] = reader.GetInt64(1);
        }

        return through;
    }

    /// <summary>How many rows lie in the conflict table: 0 unless an event was told in two versions.</summary>
    public static async Task<long> CountConflictsAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("select count(*) from event_conflict");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
