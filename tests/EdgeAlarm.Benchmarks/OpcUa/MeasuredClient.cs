using System.Diagnostics;
using System.Text.Json;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.PlantSimulator.Plant;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.Benchmarks.OpcUa;

/// <summary>The gateway's whole acquisition in a process of its own, so that CPU and memory are its alone; the process prints one line, its <see cref="ClientCost"/>.</summary>
internal static class MeasuredClient
{
    /// <summary>The verb of the process.</summary>
    internal const string Verb = "measured-client";

    /// <summary>The verb of a process that does nothing, to compare memory with.</summary>
    internal const string EmptyVerb = "empty-process";

    /// <summary>Measures, in this process.</summary>
    internal static async Task RunAsync(ClientLoad load)
    {
        var cost = await MeasureAsync(load);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(cost with { PeakBytes = process.PeakWorkingSet64 }));
    }

    /// <summary>What a process has that does nothing but start.</summary>
    internal static void SayEmpty()
    {
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(process.PeakWorkingSet64);
    }

    private static async Task<ClientCost> MeasureAsync(ClientLoad load)
    {
        var time = TimeProvider.System;
        var sink = new CountingSink();
        using var stop = new CancellationTokenSource();
        var since = time.GetTimestamp();
        var connection = new OpcUaPlcConnection(
            OptionsFor(load), new PlantClock(time, new PlantTime(time.GetUtcNow().UtcTicks)), time, new Random(1), NullLogger<OpcUaPlcConnection>.Instance);
        var running = connection.RunAsync(sink, stop.Token);
        await sink.Up.Task;
        var connected = time.GetElapsedTime(since);
        await Task.Delay(TimeSpan.FromSeconds(load.WarmUpSeconds), time, CancellationToken.None);

        using var process = Process.GetCurrentProcess();
        var (cpu, values, messages, allocated) = (process.TotalProcessorTime, sink.Values, sink.Messages, GC.GetTotalAllocatedBytes(precise: false));
        since = time.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(load.MeasureSeconds), time, CancellationToken.None);
        process.Refresh();
        var cost = new ClientCost(
            sink.Values - values, time.GetElapsedTime(since).TotalSeconds, (process.TotalProcessorTime - cpu).TotalSeconds, connected.TotalSeconds, 0,
            sink.Messages - messages, GC.GetTotalAllocatedBytes(precise: false) - allocated);
        await stop.CancelAsync();
        await running;
        return cost;
    }

    private static OpcUaPlcOptions OptionsFor(ClientLoad load) => new()
    {
        Source = "PLC1",
        Client = new UaClientOptions
        {
            EndpointUrl = new Uri(load.Url),
            Policy = load.Secured ? SecurityPolicy.Basic256Sha256 : SecurityPolicy.None,
            Mode = load.Secured ? MessageSecurityMode.SignAndEncrypt : MessageSecurityMode.None,
            Certificates = load.Secured ? new CertificateStore(load.Certificates) : null,
        },
        Publishing = TimeSpan.FromMilliseconds(100),
        RidesOut = TimeSpan.FromSeconds(1),
        // the peer does not read tags again, and the replayed values are not those that the replay server would read
        AuditEvery = TimeSpan.FromHours(1),
        Tags = [.. Enumerable.Range(0, load.Tags).Select(tag => new PlcTag(tag, BulkTags.NameOf(tag), $"nsu=urn:edgealarm:plant;s={BulkTags.NameOf(tag)}", TimeSpan.FromMilliseconds(50)))],
    };
}
