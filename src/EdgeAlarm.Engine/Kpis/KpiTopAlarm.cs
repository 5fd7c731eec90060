namespace EdgeAlarm.Engine;

/// <summary>One of the most frequent alarms.</summary>
/// <param name="Alarm">Its id.</param>
/// <param name="Annunciated">How often it was annunciated.</param>
/// <param name="Percent">Of all that were.</param>
public sealed record KpiTopAlarm(string Alarm, long Annunciated, double Percent);
