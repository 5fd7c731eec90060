using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>One turn in the making: its recorded inputs, and who waits for its flush. Reused.</summary>
internal sealed class Turn
{
    public List<TurnInput> Inputs { get; } = [];

    /// <summary>The last message with data of each source in this turn.</summary>
    public Dictionary<int, (uint Subscription, uint Sequence)> Messages { get; } = [];

    public List<(TaskCompletionSource<CommandOutcome> Answer, CommandOutcome Outcome)> Answers { get; } = [];

    /// <summary>Whether anything came that has to be committed.</summary>
    public bool IsEmpty => Inputs.Count == 0 && Messages.Count == 0;

    public void Clear()
    {
        Inputs.Clear();
        Messages.Clear();
        Answers.Clear();
    }
}
