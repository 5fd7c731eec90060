using System.Text.Json;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Simulation;

/// <summary>A sound site of three tags in a folder of its own, to be spoilt by a test, and the processes that were started on it.</summary>
internal sealed class BadSite : IAsyncDisposable
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder _folder = new("bad-input");
    private readonly List<ServerProcess> _processes = [];

    public BadSite(BadInputPlant plant, int? brokerPort = null, string password = BadInputPlant.Password, string data = "data", bool trusted = true)
    {
        Directory.CreateDirectory(File(Path.Combine("certs", "trusted")));
        if (trusted)
        {
            System.IO.File.Copy(plant.Server.CertificateFile, File(Path.Combine("certs", "trusted", "plant.der")));
        }

        Write("gateway.json", $$"""
            {
              "site": "test", "gateway": "gw1", "data": "{{data}}", "certificates": "certs",
              "sources": [ { "name": "PLC1", "url": "{{plant.Server.Url}}", "user": "{{BadInputPlant.User}}", "passwordFile": "plc.password" } ],
              "mqtt": { "host": "127.0.0.1", "port": {{brokerPort ?? plant.Broker.Port}}, "tls": false }
            }
            """);
        Write("tags.csv", $"Tag,Source,NodeId,Unit\nLT1,PLC1,{NodeOpcuaServer.Address(0)},%\nLT2,PLC1,{NodeOpcuaServer.Address(1)},%\n");
        Write("alarms.csv", "Alarm,Tag,Area,Message,Type,Setpoint,Priority\nLT1_HI,LT1,Tanks,Tank 1 high,Hi,90,high\nLT2_HI,LT2,Tanks,Tank 2 high,Hi,90,high\n");
        Write("plc.password", password);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(File("plc.password"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public void Write(string name, string text) => System.IO.File.WriteAllText(File(name), text);

    /// <summary>Adds a line to a file of the site.</summary>
    public void Add(string name, string line) => System.IO.File.AppendAllText(File(name), line + "\n");

    /// <summary>Starts a verb on the site.</summary>
    public ServerProcess Start(string verb)
    {
        var process = EdgealarmProcess.Start(_folder.FullName, verb, "--config", "gateway.json");
        _processes.Add(process);
        return process;
    }

    /// <summary>Runs a verb that has to end by itself.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string verb)
    {
        var process = Start(verb);
        return (await process.ExitAsync(AnswerMax, TestContext.Current.CancellationToken), process.Output);
    }

    /// <summary>Starts the gateway and waits until it has said this; it has to live on.</summary>
    /// <returns>The line that says it.</returns>
    public async Task<string> UntilGatewaySaysAsync(string words)
    {
        var gateway = Start("run");
        string? said = null;
        await gateway.UntilAsync(
            _ => Task.FromResult((said = gateway.Output.Split('\n').FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal))) is not null),
            AnswerMax,
            TestContext.Current.CancellationToken);
        return said!;
    }

    /// <summary>Waits until the status file of the running gateway says this.</summary>
    public Task UntilStatusAsync(Func<JsonElement, bool> holds) => _processes[^1].UntilAsync(_ => Task.FromResult(Holds(holds)), AnswerMax, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private bool Holds(Func<JsonElement, bool> holds)
    {
        try
        {
            using var status = JsonDocument.Parse(System.IO.File.ReadAllBytes(File(Path.Combine("data", "status.json"))));
            return holds(status.RootElement);
        }
        catch (Exception failure) when (failure is IOException or JsonException)
        {
            return false; // not written yet
        }
    }
}
