namespace EdgeAlarm.PlantSimulator.Server;

/// <summary>A message that waits to be sealed and written.</summary>
/// <param name="RequestId">The request that it answers.</param>
/// <param name="RequestHandle">The client's handle, for the fault that takes its place where it is too large.</param>
/// <param name="Body">Type id and fields; <see langword="null"/> is the answer to OpenSecureChannel, which the conversation makes itself.</param>
internal readonly record struct OutgoingMessage(uint RequestId, uint RequestHandle, byte[]? Body);
