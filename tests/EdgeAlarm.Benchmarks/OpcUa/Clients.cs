using System.Text.Json;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Benchmarks.OpcUa;

/// <summary>The clients in processes of their own: ours, and node-opcua's.</summary>
internal static class Clients
{
    /// <summary>Ours.</summary>
    internal static Task<ClientCost> OursAsync(ClientLoad load) => ChildProcess.RunAsync<ClientCost>(
        ServerProcess.Find("dotnet", "dotnet-sdk-10.0"), [typeof(Program).Assembly.Location, MeasuredClient.Verb, JsonSerializer.Serialize(load)], AppContext.BaseDirectory);

    /// <summary>Largest resident size of a process on our runtime that does nothing.</summary>
    internal static Task<long> EmptyProcessAsync() =>
        ChildProcess.RunAsync<long>(ServerProcess.Find("dotnet", "dotnet-sdk-10.0"), [typeof(Program).Assembly.Location, MeasuredClient.EmptyVerb], AppContext.BaseDirectory);

    /// <summary>node-opcua's.</summary>
    internal static Task<ClientCost> NodeAsync(ClientLoad load) => ChildProcess.RunAsync<ClientCost>(
        ServerProcess.Find("node", "nodejs"), ["client.mjs", JsonSerializer.Serialize(load, JsonSerializerOptions.Web)], Path.Combine(CheckoutFolder(), "tests", "peers", "node-opcua"));

    private static string CheckoutFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EdgeAlarm.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No checkout above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
