using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.TestServers;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.Benchmarks;

/// <summary>
/// 1,000 tags, ten changes a second, without security, from the plant simulator in a process of its own: the gateway's whole acquisition in this process, then the
/// node-opcua client in another, against the same server. CPU is what the operating system says of the process.
/// </summary>
internal static class OpcUaClientBenchmark
{
    private const int Tags = 1_000;
    private const double WarmUpSeconds = 8;
    private const double MeasureSeconds = 15;

    internal static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var folder = new TemporaryFolder("opcua-benchmark");
        var port = LoopbackPort.Free();
        await using var simulator = ServerProcess.Start(
            ServerProcess.Find("dotnet", "dotnet-sdk-10.0"),
            [
                Path.Combine(AppContext.BaseDirectory, "edgealarm.dll"), "simulate", "--port", Text(port), "--tags", Text(Tags), "--anonymous", "--allow-none",
                "--certificates", folder.File("certs"),
            ],
            folder.FullName);
        await simulator.UntilAsync(stop => LoopbackPort.AnswersAsync(port, stop), TimeSpan.FromSeconds(30));
        var ours = await MeasureOursAsync(port);
        var peer = await MeasurePeerAsync(port);
        return
        [
            new("opcua client, values", ours.Values / ours.Seconds, "values/s", peer.Values / peer.Seconds, "node-opcua client"),
            new("opcua client, CPU for a million values", ours.CpuSeconds / ours.Values * 1e6, "CPU-s", peer.CpuSeconds / peer.Values * 1e6, "node-opcua client"),
            new("opcua client, connect until all items exist", ours.ConnectSeconds, "s", peer.ConnectSeconds, "node-opcua client"),
        ];
    }

    private static async Task<Cost> MeasureOursAsync(int port)
    {
        var time = TimeProvider.System;
        var sink = new CountingSink();
        using var stop = new CancellationTokenSource();
        var options = new OpcUaPlcOptions
        {
            Source = "PLC1",
            Client = new UaClientOptions { EndpointUrl = new Uri($"opc.tcp://127.0.0.1:{Text(port)}"), Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None },
            Publishing = TimeSpan.FromMilliseconds(100),
            RidesOut = TimeSpan.FromSeconds(1),
            Tags = [.. Enumerable.Range(0, Tags).Select(tag => new PlcTag(tag, BulkTags.NameOf(tag), $"nsu=urn:edgealarm:plant;s={BulkTags.NameOf(tag)}", TimeSpan.FromMilliseconds(50)))],
        };
        var since = time.GetTimestamp();
        var connection = new OpcUaPlcConnection(options, new PlantClock(time, new PlantTime(time.GetUtcNow().UtcTicks)), time, new Random(1), NullLogger<OpcUaPlcConnection>.Instance);
        var running = connection.RunAsync(sink, stop.Token);
        await sink.Up.Task;
        var connected = time.GetElapsedTime(since);
        await Task.Delay(TimeSpan.FromSeconds(WarmUpSeconds), time, CancellationToken.None);

        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var values = sink.Values;
        since = time.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(MeasureSeconds), time, CancellationToken.None);
        process.Refresh();
        var cost = new Cost(sink.Values - values, time.GetElapsedTime(since).TotalSeconds, (process.TotalProcessorTime - cpu).TotalSeconds, connected.TotalSeconds);
        await stop.CancelAsync();
        await running;
        return cost;
    }

    private static async Task<Cost> MeasurePeerAsync(int port)
    {
        var peers = Path.Combine(CheckoutFolder(), "tests", "peers", "node-opcua");
        var settings = JsonSerializer.Serialize(new { url = $"opc.tcp://127.0.0.1:{Text(port)}", tags = Tags, warmUpSeconds = WarmUpSeconds, measureSeconds = MeasureSeconds });
        using var node = Process.Start(new ProcessStartInfo(ServerProcess.Find("node", "nodejs"), ["client.mjs", settings])
        {
            WorkingDirectory = peers, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!; // a started process, or an exception
        node.ErrorDataReceived += static (_, _) => { };
        node.BeginErrorReadLine();
        var line = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return JsonSerializer.Deserialize<Cost>(line, JsonSerializerOptions.Web) ?? throw new InvalidOperationException($"The node-opcua client said \"{line}\".");
    }

    private static string CheckoutFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EdgeAlarm.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No checkout above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Cost(long Values, double Seconds, double CpuSeconds, double ConnectSeconds);

    private sealed class CountingSink : IPlcSink
    {
        private long _values;

        public TaskCompletionSource Up { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Values => Interlocked.Read(ref _values);

        public ValueTask SourceUpAsync(SourceRecovery how, CancellationToken cancellationToken)
        {
            Up.TrySetResult();
            return default;
        }

        public ValueTask SourceDownAsync(string reason, CancellationToken cancellationToken) => default;

        public ValueTask ClockMeasuredAsync(TimeSpan offset, bool synchronised, CancellationToken cancellationToken) => default;

        public ValueTask TagMonitoredAsync(int tag, Quality result, CancellationToken cancellationToken) => default;

        public ValueTask GapFoundAsync(int? tag, PlantTime start, PlantTime end, GapCause cause, CancellationToken cancellationToken) => default;

        public ValueTask ConditionAsync(string name, bool active, string detail, CancellationToken cancellationToken) => default;

        public ValueTask NotificationAsync(PlcNotification notification, CancellationToken cancellationToken)
        {
            Interlocked.Add(ref _values, notification.Samples.Length);
            return default;
        }
    }
}
