using EdgeAlarm.TestServers;

namespace EdgeAlarm.Simulation;

/// <summary>The product's executable as its users start it, in a process of its own that can be killed.</summary>
internal static class EdgealarmProcess
{
    public static ServerProcess Start(string workingFolder, params string[] arguments) =>
        ServerProcess.Start(ServerProcess.Find("dotnet", "dotnet-sdk-10.0"), [Path.Combine(AppContext.BaseDirectory, "edgealarm.dll"), .. arguments], workingFolder);
}
