using EdgeAlarm.Engine;

namespace EdgeAlarm.Composition;

/// <summary>What is suppressed now, and the shelvings of the period.</summary>
internal sealed record StatusSuppression(
    int Shelved, int SuppressedByDesign, int OutOfService, double? OutOfServiceLongestSeconds, long Shelvings, long Expired, long ByOperator, double? ShelvingMeanSeconds, double? ShelvingMaxSeconds, long Hidden)
{
    /// <summary>Puts it together.</summary>
    public static StatusSuppression Of(KpiSuppression each) => new(
        each.Shelved,
        each.SuppressedByDesign,
        each.OutOfService,
        StatusKpis.Seconds(each.OutOfServiceLongest),
        each.Shelvings,
        each.Expired,
        each.ByOperator,
        StatusKpis.Seconds(each.ShelvingMean),
        StatusKpis.Seconds(each.ShelvingMax),
        each.Hidden);
}
