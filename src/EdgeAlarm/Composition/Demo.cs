using System.Security.Cryptography;
using EdgeAlarm.Engine;
using EdgeAlarm.Evaluation;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Historian;
using EdgeAlarm.Historian.Intake;
using EdgeAlarm.Historian.Storage;
using EdgeAlarm.PlantSimulator;
using EdgeAlarm.PlantSimulator.Plant;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Composition;

/// <summary>Plant, broker, gateway and historian in one process, over real sockets, with real certificates and passwords that nobody else knows.</summary>
internal sealed class Demo : IAsyncDisposable
{
    private const string BrokerUser = "edgealarm";
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;
    private readonly string _folder;
    private readonly Site _site;
    private readonly EmbeddedBroker _broker;
    private readonly PlantServer _plant;
    private readonly GatewayHost _gateway;
    private readonly HistorianIntake _historian;
    private readonly EventStoreReader _store;
    private readonly CancellationTokenSource _anyEnded = new();
    private readonly List<RunningStage> _stages = [];
    private DateTime _until;

    private Demo(TimeProvider time, string folder, Site site, EmbeddedBroker broker, PlantServer plant, GatewayHost gateway, HistorianOptions historian, ILoggerFactory log)
    {
        (_time, _folder, _site, _broker, _plant, _gateway) = (time, folder, site, broker, plant, gateway);
        _historian = new HistorianIntake(historian, historian.Store.CreateStore(historian.Group, time), time, log.CreateLogger<HistorianIntake>());
        _store = historian.Store.CreateReader();
    }

    /// <summary>The gateway.</summary>
    public GatewayHost Gateway => _gateway;

    /// <summary>The configuration it runs.</summary>
    public Site Site => _site;

    /// <summary>The historian at this moment.</summary>
    public HistorianState Historian => _historian.State;

    /// <summary>The historian's database.</summary>
    public EventStoreReader Store => _store;

    /// <summary>The plant at this moment.</summary>
    public IReadOnlyList<PlantReading> Plant => _plant.Snapshot();

    /// <summary>What the plant's server has to do.</summary>
    public PlantServerLoad PlantLoad => _plant.Load();

    /// <summary>Cancelled when a part ended by itself.</summary>
    public CancellationToken Ended => _anyEnded.Token;

    /// <summary>Puts everything together in a folder of its own and starts it.</summary>
    /// <exception cref="InvalidDataException">The sample site or the scenario has faults; the message has them all.</exception>
    public static async Task<Demo> StartAsync(string configFolder, string folder, TimeProvider time, ILoggerFactory log)
    {
        var plantFolder = Directory.CreateDirectory(Path.Combine(folder, "plant")).FullName;
        var (plantPassword, plantPasswordFile) = CreateSecret(folder, "plant.password");
        var (brokerPassword, brokerPasswordFile) = CreateSecret(folder, "broker.password");
        var broker = await EmbeddedBroker.StartAsync(BrokerUser, brokerPassword);
        var plant = DemoPlant.Open(Path.Combine(configFolder, "scenarios", "tank-farm-day.scenario"), plantFolder, plantPassword, time, log);
        var (site, faults) = SiteFiles.Load(Path.Combine(configFolder, "gateway.json"), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["EDGEALARM__DATA"] = Path.Combine(folder, "gateway"),
            ["EDGEALARM__CERTIFICATES"] = Path.Combine(folder, "certs"),
            ["EDGEALARM__SOURCES__0__URL"] = plant.EndpointUrl.OriginalString,
            ["EDGEALARM__SOURCES__0__USER"] = DemoPlant.User,
            ["EDGEALARM__SOURCES__0__PASSWORDFILE"] = plantPasswordFile,
            ["EDGEALARM__MQTT__HOST"] = "127.0.0.1",
            ["EDGEALARM__MQTT__PORT"] = $"{broker.Port}",
            ["EDGEALARM__MQTT__USER"] = BrokerUser,
            ["EDGEALARM__MQTT__PASSWORDFILE"] = brokerPasswordFile,
        });
        if (site is null)
        {
            throw new InvalidDataException(string.Join(Environment.NewLine, faults));
        }

        await TrustAsync(Path.Combine(site.Settings.CertificatesFolder, "trusted"), "plant.der", plant.Certificate);
        var gateway = await GatewayHost.OpenAsync(site, time, log);
        await TrustAsync(
            Path.Combine(plantFolder, "certs", "trusted"), "gateway.der", await File.ReadAllBytesAsync(Path.Combine(site.Settings.CertificatesFolder, "own", "certificate.der")));
        var historian = new HistorianOptions
        {
            Broker = new BrokerOptions { Host = "127.0.0.1", Port = broker.Port, Tls = false, User = BrokerUser, PasswordFile = brokerPasswordFile },
            Store = new StoreOptions { Sqlite = Path.Combine(folder, "historian.db") },
        };
        var demo = new Demo(time, folder, site, broker, plant, gateway, historian, log);
        demo._stages.Add(new RunningStage(plant.RunAsync, demo._anyEnded));
        demo._stages.Add(new RunningStage(gateway.RunAsync, demo._anyEnded));
        demo._stages.Add(new RunningStage(demo._historian.RunAsync, demo._anyEnded));
        return demo;
    }

    /// <summary>How many alarms the list has.</summary>
    public int AlarmCount => _site.Normalised.Alarms.Alarms.Length;

    /// <summary>Stops the plant, waits until the centre has everything, and stops the rest.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _until = _time.GetUtcNow().UtcDateTime;
        await _stages[0].StopAsync();
        await DrainAsync(cancellationToken);
        await _stages[1].StopAsync();
        await _stages[2].StopAsync();
        _stages.ForEach(stage => stage.ThrowIfFailed());
    }

    /// <summary>Judges the stopped run by what the plant wrote down and what lies in the historian's database.</summary>
    public async Task<Verdict> JudgeAsync(CancellationToken cancellationToken)
    {
        var state = _gateway.Pump.State;
        var facts = (await _store.AllAsync(cancellationToken)).Select(row => StoredFacts.Parse(row.Key.Epoch, row.Key.Seq, row.Payload)).ToList();
        var through = (await _store.ProgressAsync(cancellationToken)).ToDictionary(progress => progress.Epoch, progress => progress.Through);
        var from = facts.Find(fact => fact is { Kind: nameof(EventKind.ArmedRestored), Alarm: null })?.Time ?? _until;
        return new Evaluator(AlarmRule.From(_site.Normalised.Alarms), Slack).Judge(
            ValueLogFile.Read(DemoPlant.ValueLog(Path.Combine(_folder, "plant"))), facts, new Dictionary<Guid, long> { [state.Epoch] = state.LastSeq }, through, from, _until);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var stage in _stages)
        {
            await stage.StopAsync();
            stage.Dispose();
        }

        await _gateway.DisposeAsync();
        _plant.Dispose();
        await _store.DisposeAsync();
        await _historian.DisposeAsync();
        await _broker.DisposeAsync();
        _anyEnded.Dispose();
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        long seenSeq = -1;
        while (_time.GetElapsedTime(since) < DrainMax)
        {
            // two looks in a row, a state interval apart, with nothing new and everything receipted
            var state = _gateway.Pump.State;
            if (state.LastSeq == seenSeq && _gateway.Outbox.Count == 0 && _gateway.Uplink.Through == state.LastSeq)
            {
                return;
            }

            seenSeq = state.LastSeq;
            await Task.Delay(Look * 5, _time, cancellationToken);
        }
    }

    private static (string Secret, string File) CreateSecret(string folder, string name)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var path = Path.Combine(folder, name);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.WriteLine(secret);
        return (secret, path);
    }

    private static async Task TrustAsync(string folder, string name, ReadOnlyMemory<byte> certificate)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, name), certificate);
    }
}
