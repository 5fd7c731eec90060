using EdgeAlarm.Historian.Storage;
using Npgsql;

namespace EdgeAlarm.Historian;

/// <summary>Where the events rest (<c>store</c> in historian.json): exactly one of the two.</summary>
public sealed record StoreOptions
{
    /// <summary>Npgsql connection string without a password.</summary>
    public string? Postgres { get; init; }

    /// <summary>File with the password of PostgreSQL as its first line; none where the server asks for none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Path of the SQLite file.</summary>
    public string? Sqlite { get; init; }

    /// <summary>Makes the store; nothing is opened yet.</summary>
    /// <param name="group">Historians of one group share the work.</param>
    /// <param name="time">Gives the stored_at of rows.</param>
    /// <exception cref="HistorianSettingsException">The password file cannot be read.</exception>
    public IEventStore CreateStore(string group, TimeProvider time) =>
        Sqlite is { } path ? new SqliteEventStore(path, time) : new PostgresEventStore(ConnectionString(), group, time);

    /// <summary>Makes a reader for screens.</summary>
    /// <exception cref="HistorianSettingsException">The password file cannot be read.</exception>
    public EventStoreReader CreateReader() => Sqlite is { } path ? EventStoreReader.Sqlite(path) : EventStoreReader.Postgres(ConnectionString());

    private string ConnectionString()
    {
        var settings = new NpgsqlConnectionStringBuilder(Postgres);
        if (PasswordFile is not null)
        {
            settings.Password = SecretFile.Read("store.passwordFile", PasswordFile);
        }

        return settings.ToString();
    }
}
