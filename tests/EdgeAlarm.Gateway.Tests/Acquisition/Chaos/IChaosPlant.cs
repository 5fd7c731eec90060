using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Chaos;

/// <summary>A server whose tags count and whose value log is the oracle: the plant simulator, or node-opcua.</summary>
internal interface IChaosPlant : IAsyncDisposable
{
    /// <summary>Where it listens.</summary>
    int Port { get; }

    /// <summary>How a client reaches it through a cable.</summary>
    OpcUaPlcOptions Options(int port);

    /// <summary>Stops all counting; afterwards the log is complete.</summary>
    /// <returns>The log.</returns>
    Task<IReadOnlyList<PlantValue>> StandStillAsync();
}
