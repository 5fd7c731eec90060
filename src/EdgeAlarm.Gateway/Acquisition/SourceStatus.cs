using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>A PLC connection at one moment, for screens.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="Server">The endpoint that it is connected with, or tries.</param>
/// <param name="State">Where it stands on the reconnect ladder.</param>
/// <param name="Reason">Why it does not deliver, in words; empty while it does.</param>
/// <param name="Subscriptions">Subscriptions that exist.</param>
/// <param name="SubscriptionsWanted">Subscriptions that its tags are shared out among.</param>
/// <param name="Items">Tags with an item at the server.</param>
/// <param name="Tags">All its tags.</param>
/// <param name="NotMonitored">The tags without an item in a subscription that exists, by the code that says why; the code of the most tags first.</param>
/// <param name="PublishOutstanding">Publish requests outstanding, or answered and not taken.</param>
/// <param name="PublishLimit">Publish requests that may be outstanding.</param>
/// <param name="RoundTrip">The last measured time from a question to its answer; zero before the first.</param>
/// <param name="Renewals">How often the token of the present channel was renewed.</param>
/// <param name="Reconnects">How often it came back after a break since the start.</param>
/// <param name="Recreations">How often a subscription was made anew since the start.</param>
public sealed record SourceStatus(
    string Source,
    Uri Server,
    LadderState State,
    string Reason,
    int Subscriptions,
    int SubscriptionsWanted,
    int Items,
    int Tags,
    IReadOnlyList<RefusedTags> NotMonitored,
    int PublishOutstanding,
    int PublishLimit,
    TimeSpan RoundTrip,
    int Renewals,
    int Reconnects,
    int Recreations);
