namespace EdgeAlarm.Engine;

/// <summary>One figure with what it should be.</summary>
/// <param name="Name">Its stable name, as in a report for machines.</param>
/// <param name="Value">The value; null where nothing was seen of which it could be made.</param>
/// <param name="Unit">Its unit, in words for people.</param>
/// <param name="Target">What it should be; null where nothing is recommended.</param>
public sealed record KpiFigure(string Name, double? Value, string Unit, KpiTarget? Target)
{
    /// <summary>How it stands.</summary>
    public KpiGrade Grade => Target?.Grade(Value) ?? KpiGrade.None;
}
