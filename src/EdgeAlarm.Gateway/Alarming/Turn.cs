using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>One turn in the making: its recorded inputs, and who waits for its flush. Reused.</summary>
internal sealed class Turn
{
    public List<TurnInput> Inputs { get; } = [];

    /// <summary>The last message with data of each source in this turn.</summary>
    public Dictionary<int, (uint Subscription, uint Sequence)> Messages { get; } = [];

    /// <summary>The messages whose samples the inputs hold.</summary>
    public List<PlcNotification> Lent { get; } = [];

    public List<(TaskCompletionSource<CommandOutcome> Answer, CommandOutcome Outcome)> Answers { get; } = [];

    /// <summary>Whether anything came that has to be committed.</summary>
    public bool IsEmpty => Inputs.Count == 0 && Messages.Count == 0;

    /// <summary>The inputs were recorded and folded: nobody reads their samples any more.</summary>
    public void GiveBack()
    {
        Inputs.Clear();
        foreach (var message in Lent)
        {
            message.Dispose();
        }

        Lent.Clear();
    }

    public void Clear()
    {
        Inputs.Clear();
        Messages.Clear();
        Answers.Clear();
    }
}
