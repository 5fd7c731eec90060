using Microsoft.Data.Sqlite;

namespace EdgeAlarm.Simulation.World;

/// <summary>The centre's database: a real SQLite file, which may be slow, away, fail before or after a commit, and be restored from a backup.</summary>
internal sealed class SimulatedDatabase(string folder)
{
    private readonly string _backup = Path.Combine(folder, "backup.db");

    public string File { get; } = Path.Combine(folder, "historian.db");

    /// <summary>Whether nobody reaches it.</summary>
    public bool IsAway { get; set; }

    /// <summary>Probability that it fails before a transaction, and that its answer is lost after one.</summary>
    public double Fails { get; set; }

    /// <summary>Longest time of a transaction, in milliseconds.</summary>
    public double SlownessMax { get; set; } = 5;

    public bool HasBackup => System.IO.File.Exists(_backup);

    /// <summary>Makes a backup beside the writer.</summary>
    public void Save()
    {
        System.IO.File.Delete(_backup);
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO @backup";
        command.Parameters.AddWithValue("@backup", _backup);
        command.ExecuteNonQuery();
    }

    /// <summary>Puts the backup in its place; nobody may have it open.</summary>
    public void Restore()
    {
        System.IO.File.Delete(File + "-wal");
        System.IO.File.Delete(File + "-shm");
        System.IO.File.Copy(_backup, File, overwrite: true);
    }

    /// <summary>Asks it, beside the product's own code.</summary>
    public List<T> Ask<T>(string question, Func<SqliteDataReader, T> read, params (string Name, object Value)[] parameters)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // every text is a constant of this project
        command.CommandText = question;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read())
        {
            all.Add(read(rows));
        }

        return all;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
