using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>The effects of one turn, held back until its commit is flushed.</summary>
/// <param name="Position">What has to be flushed before.</param>
/// <param name="Events">Its events.</param>
/// <param name="Acknowledgements">Messages that may be acknowledged to their servers.</param>
/// <param name="Answers">Answers to operators.</param>
internal sealed record Delivery(
    long Position,
    StoredEvent[] Events,
    (IPlcConnection Connection, uint Subscription, uint Sequence)[] Acknowledgements,
    (TaskCompletionSource<CommandOutcome> Answer, CommandOutcome Outcome)[] Answers);
