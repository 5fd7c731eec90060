using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeAlarm.Evaluation;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Simulation;

/// <summary>
/// The whole way of the data with real parts, each in a process of its own: node-opcua, a proxy that can be cut, the gateway, mosquitto, the historian, PostgreSQL.
/// </summary>
internal sealed class SystemUnderTest : IAsyncDisposable
{
    private const string User = "edge";
    private const string Password = "a password of the test plant";

    // two clocks of one machine and the publishing interval; the server queues every change, so that sampling adds nothing
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(400);

    private readonly TemporaryFolder _folder = new("system");
    private readonly List<TimeSpan> _blindTimes = [];

    private ServerProcess? _gateway;
    private ServerProcess? _historian;

    private SystemUnderTest(NodeOpcuaServer plant, KillableProxy wire, MosquittoBroker broker, PostgresServer database, string databaseName)
    {
        Plant = plant;
        Wire = wire;
        Broker = broker;
        Database = database;
        DatabaseName = databaseName;
    }

    public NodeOpcuaServer Plant { get; }

    public KillableProxy Wire { get; }

    public MosquittoBroker Broker { get; }

    public PostgresServer Database { get; }

    public string DatabaseName { get; }

    public string DataFolder => _folder.File("data");

    public string SettingsFile => _folder.File("gateway.json");

    public string Output => $"gateway:\n{_gateway?.Output}\nhistorian:\n{_historian?.Output}";

    public static async Task<SystemUnderTest> StartAsync(SystemOptions options)
    {
        var plant = await NodeOpcuaServer.StartAsync(new NodeOpcuaOptions
        {
            Tags = options.Tags,
            Wave = "ramp",
            Every = options.Every,
            Security = ["Basic256Sha256/SignAndEncrypt"],
            Users = new Dictionary<string, string> { [User] = Password },
            Anonymous = false,
        });
        var database = await PostgresServer.StartAsync();
        var broker = await MosquittoBroker.StartAsync("max_inflight_messages 1000", "max_queued_messages 100000");
        var system = new SystemUnderTest(plant, new KillableProxy(plant.Port), broker, database, await database.CreateDatabaseAsync());
        system.WriteSite(options);
        system.StartHistorian();
        await system.StartGatewayAsync();
        return system;
    }

    public void StartHistorian() => _historian = EdgealarmProcess.Start(_folder.FullName, "historian", "--config", _folder.File("historian.json"));

    public Task KillHistorianAsync() => _historian!.EndAsync(ServerProcess.Signal.Kill);

    /// <summary>Starts the gateway and waits until its status says that it sees the plant.</summary>
    public async Task StartGatewayAsync()
    {
        _gateway = EdgealarmProcess.Start(_folder.FullName, "run", "--config", SettingsFile);
        await _gateway.UntilAsync(_ => Task.FromResult(SeesPlant(_gateway.Id)), TimeSpan.FromSeconds(60));
    }

    /// <summary>kill -9, at once started again; the blind time goes from the kill to the moment in which the gateway sees the plant again.</summary>
    public async Task KillGatewayAndStartAgainAsync()
    {
        var killed = TimeProvider.System.GetTimestamp();
        await _gateway!.EndAsync(ServerProcess.Signal.Kill);
        await StartGatewayAsync();
        _blindTimes.Add(TimeProvider.System.GetElapsedTime(killed));
    }

    /// <summary>Edits a file of the site, says so to the gateway and waits for its answer; where it connects anew, until it sees the plant again.</summary>
    /// <returns>The id of the process that runs then.</returns>
    public async Task<int> EditAsync(string file, Func<string, string> edit, string answer)
    {
        var path = _folder.File(file);
        await File.WriteAllTextAsync(path, edit(await File.ReadAllTextAsync(path)));
        var asked = TimeProvider.System.GetTimestamp();
        var known = Answers();
        _gateway!.Send(ServerProcess.Signal.HangUp);
        await _gateway.UntilAsync(_ => Task.FromResult(Answers() > known && SeesPlant(_gateway.Id)), TimeSpan.FromSeconds(60));
        _blindTimes.Add(TimeProvider.System.GetElapsedTime(asked));
        return _gateway.Id;

        int Answers() => _gateway!.Output.Split(answer).Length;
    }

    /// <summary>The longest blind time that was measured.</summary>
    public TimeSpan BlindTimeMax => _blindTimes.Count == 0 ? TimeSpan.Zero : _blindTimes.Max();

    /// <summary>Stops the plant's script, waits until the historian has everything, and judges the run.</summary>
    public async Task<(Verdict Verdict, IReadOnlyList<StoredFact> Facts)> JudgeAsync()
    {
        await Plant.PauseAsync();
        var log = ValueLogFile.Read(Plant.ValueLogFile);
        var until = log[^1].Time;
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        var (lastSeq, through) = await UntilDrainedAsync();
        var facts = await HistorianRows.ReadAsync(Database.ConnectionString(DatabaseName));
        var from = facts.First(fact => fact.Kind is "ArmedRestored").Time;
        var (site, _) = SiteFiles.Load(SettingsFile, new Dictionary<string, string>());
        var evaluator = new Evaluator(AlarmRule.From(site!.Normalised.Alarms), Slack);
        return (evaluator.Judge(log, facts, lastSeq, through, from, until), facts);
    }

    /// <summary>Ends the gateway in order and folds its recording again.</summary>
    public async Task<ReplayResult> ReplayAsync()
    {
        await _gateway!.EndAsync(ServerProcess.Signal.Terminate);
        return Replay.Run(DataFolder);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _gateway, _historian })
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        await Wire.DisposeAsync();
        await Plant.DisposeAsync();
        await Broker.DisposeAsync();
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<(Dictionary<Guid, long> LastSeq, IReadOnlyDictionary<Guid, long> Through)> UntilDrainedAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var status = ReadStatus();
            var through = await HistorianRows.ReadProgressAsync(Database.ConnectionString(DatabaseName));
            if (status is { } now && through.GetValueOrDefault(now.Epoch) == now.LastSeq && now.LastSeq > 0 && now.Outbox == 0)
            {
                return (new Dictionary<Guid, long> { [now.Epoch] = now.LastSeq }, through);
            }

            if (TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(90))
            {
                throw new InvalidOperationException($"not drained: status {status}, historian through {string.Join(", ", through)}\n{Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    private bool SeesPlant(int processId) => ReadStatus() is { } status && status.ProcessId == processId && status.IsArmed;

    private GatewayFacts? ReadStatus()
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(DataFolder, "status.json")));
            var root = document.RootElement;
            return new(
                root.GetProperty("processId").GetInt32(),
                root.GetProperty("epoch").GetGuid(),
                root.GetProperty("lastSeq").GetInt64(),
                root.GetProperty("outbox").GetProperty("waiting").GetInt64(),
                root.GetProperty("notArmedCount").GetInt32() == 0);
        }
        catch (Exception failure) when (failure is IOException or JsonException or KeyNotFoundException)
        {
            return null;
        }
    }

    private void WriteSite(SystemOptions options)
    {
        foreach (var store in new[] { "own", "trusted", "issuers", "rejected" })
        {
            Directory.CreateDirectory(_folder.File(Path.Combine("certs", store)));
        }

        File.Copy(Plant.CertificateFile, _folder.File(Path.Combine("certs", "trusted", "plant.der")));
        SecretOnDisk.Write(_folder.File("plc.password"), Password);
        SecretOnDisk.Write(_folder.File("database.password"), PostgresServer.Password);
        File.WriteAllText(SettingsFile, $$"""
            {
              "site": "test", "gateway": "gw1", "data": "data", "certificates": "certs",
              "sources": [ { "name": "PLC1", "url": "opc.tcp://127.0.0.1:{{Wire.Port}}", "security": "Basic256Sha256/SignAndEncrypt", "user": "{{User}}",
                             "passwordFile": "plc.password", "publishing": "250ms", "sampling": "0ms", "ridesOut": "{{options.RidesOut}}" } ],
              "mqtt": { "host": "127.0.0.1", "port": {{Broker.Port}}, "tls": false }
            }
            """);
        File.WriteAllText(_folder.File("historian.json"), $$"""
            {
              "mqtt": { "host": "127.0.0.1", "port": {{Broker.Port}}, "tls": false },
              "store": { "postgres": "{{Database.ConnectionStringWithoutPassword(DatabaseName)}}", "passwordFile": "database.password" }
            }
            """);
        var tags = new StringBuilder("Tag,Source,NodeId,Unit\n");
        var alarms = new StringBuilder("Alarm,Tag,Area,Message,Type,Setpoint,Deadband,OnDelay,OffDelay,Priority\n");
        for (var tag = 0; tag < options.Tags; tag++)
        {
            tags.Append(CultureInfo.InvariantCulture, $"Tag{tag:D4},PLC1,{NodeOpcuaServer.Address(tag)},%\n");
            alarms.Append(CultureInfo.InvariantCulture, $"Tag{tag:D4}_HI,Tag{tag:D4},Area {tag % 10},Tag {tag} high,Hi,90,5,{(tag % 2) * 200}ms,{(tag % 3) * 100}ms,high\n");
        }

        File.WriteAllText(_folder.File("tags.csv"), tags.ToString());
        File.WriteAllText(_folder.File("alarms.csv"), alarms.ToString());
    }

    private sealed record GatewayFacts(int ProcessId, Guid Epoch, long LastSeq, long Outbox, bool IsArmed);
}
