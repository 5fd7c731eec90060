using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.PlantSimulator.Scenarios;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.PlantSimulator.Tests;

/// <summary>A plant server on a free loopback port with its own folder, stopped and removed at the end.</summary>
internal sealed class RunningPlant : IAsyncDisposable
{
    internal const string Password = "s\u00e9same 7";

    private readonly CancellationTokenSource _ending = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("edgealarm-server-").FullName;
    private readonly Task _running;

    internal RunningPlant(Func<PlantServerOptions, PlantServerOptions>? change = null)
    {
        var options = new PlantServerOptions
        {
            Port = 0,
            CertificateFolder = Path.Combine(_folder, "plant"),
            AllowsNone = true,
            AllowsAnonymous = true,
            Users = new Dictionary<string, string>(StringComparer.Ordinal) { ["edge"] = Password },
            ValueLog = Path.Combine(_folder, "values.csv"),
        };
        Server = new PlantServer(change?.Invoke(options) ?? options, TimeProvider.System, NullLogger<PlantServer>.Instance);
        Client = new CertificateStore(Path.Combine(_folder, "client"));
        using var own = ApplicationCertificate.Create("urn:edgealarm:test", "EdgeAlarm test", ["localhost"], TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(30));
        Client.CreateOwn(own);
        File.WriteAllBytes(Path.Combine(Client.TrustedFolder, "plant.der"), Server.Certificate.Span);
        ClientCertificate = own.Der.ToArray();
        _running = Server.RunAsync(_ending.Token);
    }

    internal PlantServer Server { get; }

    /// <summary>The client's store; the plant's certificate is trusted in it.</summary>
    internal CertificateStore Client { get; }

    internal byte[] ClientCertificate { get; }

    internal string ValueLog => Path.Combine(_folder, "values.csv");

    internal static Scenario Scenario(string text)
    {
        var reading = ScenarioText.Read("test.scenario", text);
        Assert.Empty(reading.Faults);
        return reading.Scenario!;
    }

    /// <summary>The plant trusts the client from now on.</summary>
    internal void TrustClient() => File.WriteAllBytes(Path.Combine(_folder, "plant", "trusted", "client.der"), ClientCertificate);

    internal UaClientOptions Open() => new() { EndpointUrl = Server.EndpointUrl, Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None };

    internal UaClientOptions Secured(MessageSecurityMode mode = MessageSecurityMode.SignAndEncrypt, string password = Password) => new()
    {
        EndpointUrl = Server.EndpointUrl,
        Policy = SecurityPolicy.Basic256Sha256,
        Mode = mode,
        User = UserIdentity.Named("edge", password),
        Certificates = Client,
    };

    /// <summary>Stops the server, so that the value log is complete.</summary>
    internal async Task StopAsync()
    {
        await _ending.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Server.Dispose();
        _ending.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
