namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>One half of a toggle.</summary>
/// <param name="Written">The value as written.</param>
/// <param name="Value">The value.</param>
/// <param name="For">How long it lasts; more than zero.</param>
public readonly record struct ToggleHalf(ScenarioWord Written, double Value, TimeSpan For);
