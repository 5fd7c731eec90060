namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>What came of reading a scenario: the scenario, or every fault in it.</summary>
/// <param name="Scenario">The scenario; <see langword="null"/> where there is any fault.</param>
/// <param name="Faults">All faults, by line; empty where there is none.</param>
public sealed record ScenarioReading(Scenario? Scenario, IReadOnlyList<ScenarioFault> Faults);
