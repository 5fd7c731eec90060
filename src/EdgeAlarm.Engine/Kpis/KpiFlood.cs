namespace EdgeAlarm.Engine;

/// <summary>One alarm flood.</summary>
/// <param name="Since">Plant time of the first alarm that counted towards it.</param>
/// <param name="Until">Plant time of its end; of the report, where it goes on.</param>
/// <param name="Alarms">Alarms annunciated in it; initial ones are not among them.</param>
public sealed record KpiFlood(PlantTime Since, PlantTime Until, long Alarms);
