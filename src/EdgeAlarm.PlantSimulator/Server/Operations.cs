using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.PlantSimulator.Server;

/// <summary>The rule that every request with a list of operations keeps (OPC 10000-4 §7.38.2).</summary>
internal static class Operations
{
    /// <exception cref="ServiceRefusal">BadNothingToDo or BadTooManyOperations.</exception>
    internal static void Check(int count, PlantServerLimits limits)
    {
        if (count == 0)
        {
            throw new ServiceRefusal(StatusCodes.BadNothingToDo);
        }

        if (count > limits.OperationsPerRequestMax)
        {
            throw new ServiceRefusal(StatusCodes.BadTooManyOperations);
        }
    }
}
