using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Uplink.Commands;

/// <summary>Takes a command to the engine.</summary>
/// <param name="command">Makes it, given its plant time and an identity that may be used for it.</param>
/// <param name="cancellationToken">Gives up waiting for the answer.</param>
/// <returns>What became of it, once that is durable.</returns>
public delegate Task<CommandOutcome> CommandDispatch(Func<PlantTime, Guid, OperatorCommand> command, CancellationToken cancellationToken);
