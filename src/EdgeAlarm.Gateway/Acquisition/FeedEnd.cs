using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>What came of an attempt of the ladder.</summary>
/// <param name="Trigger">For the ladder.</param>
/// <param name="Reason">For people; empty where nothing failed.</param>
internal readonly record struct FeedEnd(LadderTrigger Trigger, string Reason = "");
