using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>What came of an attempt of the ladder.</summary>
/// <param name="Trigger">For the ladder.</param>
/// <param name="Reason">For people; empty where nothing failed.</param>
internal readonly record struct FeedEnd(LadderTrigger Trigger, string Reason = "")
{
    /// <summary>Why all subscriptions are made anew where one got the number of a deleted one: the journal tells messages apart by it.</summary>
    public static string ReusedNumber(uint subscription) => $"the server gives the number {subscription} of a deleted subscription again: all are made anew";
}
