using System.Globalization;

namespace EdgeAlarm.TestServers;

/// <summary>A real PostgreSQL with a data folder of its own on a free loopback port. Log in as <see cref="User"/> with <see cref="Password"/>.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The super-user.</summary>
    public const string User = "edgealarm";

    /// <summary>Its password; the server demands it (SCRAM).</summary>
    public const string Password = "not-a-secret";

    private const int PortsTriedMax = 5;
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder folder = new("postgres");
    private ServerProcess? process;

    private PostgresServer()
    {
    }

    /// <summary>Always 127.0.0.1.</summary>
    public string Host { get; } = "127.0.0.1";

    /// <summary>The port, the same after each restart.</summary>
    public int Port { get; private set; }

    /// <summary>A file that holds only the password.</summary>
    public string PasswordFile => folder.File("password");

    /// <summary>Its last output lines.</summary>
    public string Output => process?.Output ?? "";

    /// <summary>Creates a cluster and starts it.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed or does not start.</exception>
    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        try
        {
            await server.CreateClusterAsync();
            for (var attempt = 1; ; attempt++)
            {
                server.Port = LoopbackPort.Free();
                try
                {
                    await server.StartAgainAsync();
                    return server;
                }
                catch (InvalidOperationException) when (attempt < PortsTriedMax && server.Output.Contains("in use", StringComparison.Ordinal))
                {
                    // another test took the port between the look and the bind
                }
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>An Npgsql connection string without the password.</summary>
    public string ConnectionStringWithoutPassword(string database = "postgres") =>
        string.Create(CultureInfo.InvariantCulture, $"Host={Host};Port={Port};Database={database};Username={User}");

    /// <summary>An Npgsql connection string.</summary>
    public string ConnectionString(string database = "postgres") => $"{ConnectionStringWithoutPassword(database)};Password={Password}";

    /// <summary>Creates an empty database and gives its name.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        var arguments = new[] { "PGPASSWORD=" + Password, Program("psql"), "-h", Host, "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", User, "-d", "postgres", "-qc", $"CREATE DATABASE {name}" };
        await ServerProcess.RunAsync("/usr/bin/env", arguments, folder.FullName);
        return name;
    }

    /// <summary>Stops without a checkpoint; the next start recovers from the log, as after a crash.</summary>
    public Task StopAsCrashAsync() => process?.EndAsync(ServerProcess.Signal.Quit) ?? Task.CompletedTask;

    /// <summary>Freezes the postmaster; its children go on, new connections hang.</summary>
    public void Freeze() => process?.Send(ServerProcess.Signal.Stop);

    /// <summary>Ends <see cref="Freeze"/>.</summary>
    public void Thaw() => process?.Send(ServerProcess.Signal.Continue);

    /// <summary>Starts it again on its port after <see cref="StopAsCrashAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        string[] arguments = ["-D", folder.File("data"), "-p", Port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
        var (program, all) = AsServerUser(Program("postgres"), arguments);
        process = ServerProcess.Start(program, all, folder.FullName);
        await process.UntilAsync(_ => Task.FromResult(process.Output.Contains("ready to accept connections", StringComparison.Ordinal)), StartMax);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            Thaw();
            await process.EndAsync(ServerProcess.Signal.Quit);
            await process.DisposeAsync();
        }

        folder.Dispose();
    }

    private static string Program(string name)
    {
        // Debian keeps the server's programs out of the path, one folder a version
        var versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Reverse() : [];
        return ServerProcess.Find(name, "postgresql", [.. versions.Select(version => Path.Combine(version, "bin"))]);
    }

    /// <summary>PostgreSQL refuses to run as root, so root becomes its user. setpriv replaces itself, so the process that we hold is the server.</summary>
    private static (string Program, IEnumerable<string> Arguments) AsServerUser(string program, string[] arguments) =>
        Environment.UserName == "root"
            ? (ServerProcess.Find("setpriv", "util-linux"), ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", program, .. arguments])
            : (program, arguments);

    private async Task CreateClusterAsync()
    {
        await File.WriteAllTextAsync(PasswordFile, Password + "\n");
        if (Environment.UserName == "root")
        {
            await ServerProcess.RunAsync(ServerProcess.Find("chown", "coreutils"), ["-R", "postgres:", folder.FullName], folder.FullName);
        }

        string[] arguments = ["-D", folder.File("data"), "-U", User, "-A", "scram-sha-256", "--pwfile", PasswordFile, "-E", "UTF8", "--no-locale", "--no-sync"];
        var (program, all) = AsServerUser(Program("initdb"), arguments);
        await ServerProcess.RunAsync(program, all, folder.FullName);
    }
}
