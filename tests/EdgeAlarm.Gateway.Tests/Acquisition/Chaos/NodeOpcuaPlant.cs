using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Chaos;

/// <summary>A node-opcua server with counting tags.</summary>
internal sealed class NodeOpcuaPlant(NodeOpcuaServer server, int tags) : IChaosPlant
{
    public int Port => server.Port;

    public OpcUaPlcOptions Options(int port) => RunningPlc.Plain(port, tags);

    public async Task<IReadOnlyList<PlantValue>> StandStillAsync()
    {
        await server.PauseAsync();
        return PlantValue.ReadLog(server.ValueLogFile);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
