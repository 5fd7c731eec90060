using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>Something that waits for the pump: an input, a message of a source, or nothing but a call to wake up.</summary>
/// <param name="Input">The input; null for a message.</param>
/// <param name="Source">The source of a message.</param>
/// <param name="Message">The message.</param>
/// <param name="Answer">Who waits for the outcome of a command.</param>
internal readonly record struct InboxEntry(Input? Input, int Source, PlcNotification? Message, TaskCompletionSource<CommandOutcome>? Answer);
