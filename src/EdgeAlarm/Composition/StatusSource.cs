using EdgeAlarm.Gateway.Acquisition;

namespace EdgeAlarm.Composition;

/// <summary>A PLC connection, as <c>edgealarm status</c> shows it.</summary>
internal sealed record StatusSource(
    string Name,
    string Server,
    string State,
    string Reason,
    int Subscriptions,
    int SubscriptionsWanted,
    int Items,
    int Tags,
    IReadOnlyList<StatusNotMonitored> NotMonitored,
    int PublishOutstanding,
    int PublishLimit,
    double RoundTripMs,
    int Renewals,
    int Reconnects,
    int Recreations)
{
    /// <summary>Puts it together.</summary>
    public static StatusSource Of(SourceStatus status) => new(
        status.Source,
        status.Server.OriginalString,
        status.State.ToString(),
        status.Reason,
        status.Subscriptions,
        status.SubscriptionsWanted,
        status.Items,
        status.Tags,
        [.. status.NotMonitored.Select(refused => new StatusNotMonitored(refused.Status, refused.Count, refused.Tags))],
        status.PublishOutstanding,
        status.PublishLimit,
        Math.Round(status.RoundTrip.TotalMilliseconds, 1),
        status.Renewals,
        status.Reconnects,
        status.Recreations);
}
