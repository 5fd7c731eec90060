using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.PlantSimulator.Server;

/// <summary>A request that as a whole cannot be served; the dispatcher answers it with a ServiceFault.</summary>
internal sealed class ServiceRefusal(StatusCode status) : Exception(status.ToString())
{
    internal StatusCode Status { get; } = status;
}
