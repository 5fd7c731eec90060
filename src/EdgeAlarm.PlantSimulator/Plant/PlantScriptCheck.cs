using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>What a plant makes of a scenario.</summary>
/// <param name="Faults">Names and values that the plant does not have; the scenario can be played only where there is none.</param>
/// <param name="LeftToOthers">Operator, system and expectation steps: not the plant's; the simulator does not play them.</param>
public sealed record PlantScriptCheck(IReadOnlyList<ScenarioFault> Faults, IReadOnlyList<ScenarioStep> LeftToOthers);
