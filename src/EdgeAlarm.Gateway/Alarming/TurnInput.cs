using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>An input of a turn, as it was recorded.</summary>
/// <param name="Position">Where.</param>
/// <param name="Input">The input.</param>
/// <param name="Samples">Its samples.</param>
/// <param name="Answer">Who waits for the outcome of a command.</param>
internal readonly record struct TurnInput(long Position, Input Input, ReadOnlyMemory<Sample> Samples, TaskCompletionSource<CommandOutcome>? Answer);
