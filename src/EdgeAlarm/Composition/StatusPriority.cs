using EdgeAlarm.Engine;

namespace EdgeAlarm.Composition;

/// <summary>The alarms of one priority, its recommended share, and how fast they were acknowledged.</summary>
internal sealed record StatusPriority(
    string Priority, long Annunciated, double? Percent, double PercentRecommended, long Responses, double? ResponseMeanSeconds, double? ResponseMedianSeconds, double? ResponseP95Seconds)
{
    /// <summary>Puts it together.</summary>
    public static StatusPriority Of(KpiPriority each) => new(
        each.Priority.ToString(),
        each.Annunciated,
        StatusKpis.Rounded(each.Percent),
        each.PercentRecommended,
        each.Responses,
        StatusKpis.Seconds(each.ResponseMean),
        StatusKpis.Seconds(each.ResponseMedian),
        StatusKpis.Seconds(each.ResponseP95));
}
