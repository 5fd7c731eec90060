using System.Globalization;
using System.Text.Json;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Benchmarks.OpcUa;

/// <summary>A server in a process of its own, with a certificate folder, and folders for the certificates of clients that trust it.</summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly ServerProcess _process;

    private BenchmarkServer(TemporaryFolder folder, ServerProcess process, int port) => (_folder, _process, Port) = (folder, process, port);

    /// <summary>Its port.</summary>
    internal int Port { get; }

    /// <summary>Its address.</summary>
    internal string Url => $"opc.tcp://127.0.0.1:{Text(Port)}";

    /// <summary>User and system time of its process so far.</summary>
    internal double CpuSeconds => _process.CpuTime.TotalSeconds;

    /// <summary>Folder with a certificate for the client of that name, in which the server is trusted.</summary>
    internal string CertificatesOf(string client)
    {
        var folder = _folder.File(client);
        var store = new CertificateStore(folder);
        File.Copy(Path.Combine(_folder.File("server"), "own", "certificate.der"), Path.Combine(store.TrustedFolder, "server.der"), overwrite: true);
        using var own = store.LoadOwn();
        if (own is null)
        {
            using var made = ApplicationCertificate.Create($"urn:edgealarm:benchmark:{client}", "EdgeAlarm benchmark", ["localhost"], TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(30));
            store.CreateOwn(made);
        }

        return folder;
    }

    /// <summary>The plant simulator as it is shipped, with load tags that change ten times a second.</summary>
    internal static Task<BenchmarkServer> SimulatorAsync(int tags) => StartAsync((folder, port) =>
    [
        Path.Combine(AppContext.BaseDirectory, "edgealarm.dll"), "simulate", "--port", Text(port), "--tags", Text(tags), "--anonymous", "--allow-none", "--accept-unknown-clients",
        "--certificates", folder.File("server"),
    ]);

    /// <summary>A <see cref="ReplayServer"/>.</summary>
    internal static Task<BenchmarkServer> ReplayAsync(int tags, int valuesPerMessage, int intervalMs) => StartAsync((folder, port) =>
        [typeof(Program).Assembly.Location, ReplayServer.Verb, JsonSerializer.Serialize(new ReplayLoad(port, tags, valuesPerMessage, intervalMs, folder.File("server")))]);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<BenchmarkServer> StartAsync(Func<TemporaryFolder, int, string[]> arguments)
    {
        var folder = new TemporaryFolder("opcua-benchmark");
        var port = LoopbackPort.Free();
        var process = ServerProcess.Start(ServerProcess.Find("dotnet", "dotnet-sdk-10.0"), arguments(folder, port), folder.FullName);
        await process.UntilAsync(stop => LoopbackPort.AnswersAsync(port, stop), TimeSpan.FromSeconds(30));
        return new(folder, process, port);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
