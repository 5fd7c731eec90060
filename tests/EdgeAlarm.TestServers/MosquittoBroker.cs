using System.Globalization;

namespace EdgeAlarm.TestServers;

/// <summary>A real mosquitto on a free loopback port, with a folder of its own; it survives being killed, frozen and started again on the same port.</summary>
public sealed class MosquittoBroker : IAsyncDisposable
{
    private const int PortsTriedMax = 5;
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder folder = new("mosquitto");
    private readonly string[] configuration;
    private ServerProcess? process;

    private MosquittoBroker(string[] configuration) => this.configuration = configuration;

    /// <summary>Always 127.0.0.1.</summary>
    public string Host { get; } = "127.0.0.1";

    /// <summary>The port, the same after each restart.</summary>
    public int Port { get; private set; }

    /// <summary>The broker's folder, for password and ACL files.</summary>
    public string Folder => folder.FullName;

    /// <summary>Its last output lines.</summary>
    public string Output => process?.Output ?? "";

    /// <summary>Whether the process lives.</summary>
    public bool IsRunning => process is { HasExited: false };

    /// <summary>Starts a broker.</summary>
    /// <param name="configuration">Further lines of mosquitto.conf; <c>{folder}</c> in a line is the broker's folder. Anonymous clients are allowed
    /// unless a line speaks of <c>allow_anonymous</c>; nothing is persisted unless a line speaks of <c>persistence</c>.</param>
    /// <exception cref="InvalidOperationException">mosquitto is not installed or does not start.</exception>
    public static Task<MosquittoBroker> StartAsync(params string[] configuration) => StartAsync(_ => { }, configuration);

    /// <summary>Starts a broker after files were put into its folder.</summary>
    /// <param name="prepare">Is given the folder.</param>
    /// <param name="configuration">See the other overload.</param>
    public static async Task<MosquittoBroker> StartAsync(Action<string> prepare, params string[] configuration)
    {
        var broker = new MosquittoBroker(configuration);
        try
        {
            prepare(broker.Folder);
            for (var attempt = 1; ; attempt++)
            {
                broker.Port = LoopbackPort.Free();
                try
                {
                    await broker.StartAgainAsync();
                    return broker;
                }
                catch (InvalidOperationException) when (attempt < PortsTriedMax && broker.Output.Contains("in use", StringComparison.Ordinal))
                {
                    // another test took the port between the look and the bind
                }
            }
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again on its port after <see cref="KillAsync"/> or <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        var program = ServerProcess.Find("mosquitto", "mosquitto");
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        await File.WriteAllLinesAsync(folder.File("mosquitto.conf"), Lines());
        process = ServerProcess.Start(program, ["-c", folder.File("mosquitto.conf")], Folder);
        await process.UntilAsync(stop => LoopbackPort.AnswersAsync(Port, stop), StartMax);
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync() => process?.EndAsync(ServerProcess.Signal.Kill) ?? Task.CompletedTask;

    /// <summary>An orderly stop.</summary>
    public Task StopAsync() => process?.EndAsync(ServerProcess.Signal.Terminate) ?? Task.CompletedTask;

    /// <summary>SIGSTOP: connections stay open, nothing answers.</summary>
    public void Freeze() => process?.Send(ServerProcess.Signal.Stop);

    /// <summary>SIGCONT.</summary>
    public void Thaw() => process?.Send(ServerProcess.Signal.Continue);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        folder.Dispose();
    }

    private IEnumerable<string> Lines()
    {
        var own = configuration.Select(line => line.Replace("{folder}", Folder, StringComparison.Ordinal)).ToArray();
        bool Speaks(string word) => own.Any(line => line.StartsWith(word, StringComparison.Ordinal));
        yield return string.Create(CultureInfo.InvariantCulture, $"listener {Port} 127.0.0.1");
        yield return $"user {Environment.UserName}"; // started by root it would become a user that cannot read this folder
        yield return "log_dest stderr";
        if (!Speaks("allow_anonymous"))
        {
            yield return "allow_anonymous true";
        }

        if (!Speaks("persistence"))
        {
            yield return "persistence false";
        }

        foreach (var line in own)
        {
            yield return line;
        }
    }
}
