using EdgeAlarm.Engine;

namespace EdgeAlarm.Composition;

/// <summary>An alarm flood; one that goes on ends with the report.</summary>
internal sealed record StatusFlood(DateTime Since, DateTime Until, long Alarms)
{
    /// <summary>Puts it together.</summary>
    public static StatusFlood Of(KpiFlood flood) => new(Utc(flood.Since), Utc(flood.Until), flood.Alarms);

    internal static DateTime Utc(PlantTime time) => new(time.Ticks, DateTimeKind.Utc);
}
