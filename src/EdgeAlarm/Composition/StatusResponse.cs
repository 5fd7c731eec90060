using EdgeAlarm.Engine;

namespace EdgeAlarm.Composition;

/// <summary>How operators answer.</summary>
internal sealed record StatusResponse(long Acknowledged, long RubberStamped, long ReturnedUnacknowledged, int Unacknowledged, double? OldestUnacknowledgedSeconds)
{
    /// <summary>Puts it together.</summary>
    public static StatusResponse Of(KpiResponse each) => new(
        each.Acknowledged, each.RubberStamped, each.ReturnedUnacknowledged, each.Unacknowledged, StatusKpis.Seconds(each.OldestUnacknowledged));
}
