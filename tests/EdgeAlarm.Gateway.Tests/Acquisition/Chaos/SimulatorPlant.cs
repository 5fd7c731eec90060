using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.PlantSimulator;
using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.PlantSimulator.Scenarios;
using EdgeAlarm.PlantSimulator.Server;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Chaos;

/// <summary>The plant simulator with counting tags.</summary>
internal sealed class SimulatorPlant : IChaosPlant
{
    private const string User = "edge";
    private readonly TemporaryFolder _folder = new();
    private readonly int _tags;
    private readonly bool _secure;
    private readonly ServingPlant _plant;

    public SimulatorPlant(int tags, TimeSpan interval, bool secure, PlantServerLimits limits)
    {
        (_tags, _secure) = (tags, secure);
        _plant = new ServingPlant(new PlantServerOptions
        {
            Port = 0, AllowsNone = true, AllowsAnonymous = !secure, AcceptsUnknownClients = true, CertificateFolder = _folder.File("server"), Limits = limits,
            Users = new Dictionary<string, string>(StringComparer.Ordinal) { [User] = "secret" }, LoadTags = tags, LoadInterval = interval, ValueLog = _folder.File("values.csv"),
        });
    }

    public int Port => _plant.Server.EndpointUrl.Port;

    public OpcUaPlcOptions Options(int port)
    {
        var tags = ServingPlant.LoadTags(_tags, TimeSpan.Zero);
        if (!_secure)
        {
            return RunningPlc.Plain(port, 0) with { Tags = tags };
        }

        var certificate = _folder.File("server.der");
        File.WriteAllBytes(certificate, _plant.Server.Certificate.ToArray());
        return RunningPlc.Secure(port, 0, RunningPlc.Certificates(_folder, certificate)) with { Tags = tags };
    }

    public async Task<IReadOnlyList<PlantValue>> StandStillAsync()
    {
        for (var tag = 0; tag < _tags; tag++)
        {
            _plant.Server.SetMode(BulkTags.NameOf(tag), TagMode.Freeze);
        }

        var end = _plant.Server.Snapshot().Where(reading => reading.Tag.Name.StartsWith("TAG", StringComparison.Ordinal)).ToDictionary(reading => reading.Tag.Name, reading => reading.SourceTicks, StringComparer.Ordinal);
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var log = PlantValue.ReadLog(_folder.File("values.csv"));
            if (log.GroupBy(value => value.Tag, StringComparer.Ordinal).Count(tag => end.TryGetValue(tag.Key, out var ticks) && tag.Last().Ticks == ticks) == _tags)
            {
                return log;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(30), "the value log was never written to its end");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _plant.DisposeAsync();
        _folder.Dispose();
    }
}
