using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.PlantSimulator;
using EdgeAlarm.PlantSimulator.Plant;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>The plant simulator, running beside a test; stopped at the end.</summary>
internal sealed class ServingPlant : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public ServingPlant(PlantServerOptions options)
    {
        Server = new PlantServer(options, TimeProvider.System, NullLogger<PlantServer>.Instance);
        _serving = Server.RunAsync(_stop.Token);
    }

    public PlantServer Server { get; }

    /// <summary>The first load tags as tags to monitor.</summary>
    public static IReadOnlyList<PlcTag> LoadTags(int count, TimeSpan sampling) =>
        [.. Enumerable.Range(0, count).Select(tag => new PlcTag(tag, BulkTags.NameOf(tag), $"nsu=urn:edgealarm:plant;s={BulkTags.NameOf(tag)}", sampling))];

    /// <summary>Ends it; its value log is complete afterwards.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _serving;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Server.Dispose();
        _stop.Dispose();
    }
}
