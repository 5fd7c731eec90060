namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>
/// Events over time in the one text format that rule tests, findings, the plant simulator and commissioning share. It knows nothing
/// of OPC UA and nothing of alarms: who plays it decides which kinds of steps are his.
/// </summary>
/// <param name="File">Name of the file it was read from, for messages.</param>
/// <param name="Title">The words behind <c>scenario</c>.</param>
/// <param name="Uses">The alarm list named by <c>uses</c>; <see langword="null"/> is the site's own.</param>
/// <param name="RepeatEvery">Length of a round of <c>repeat every</c>; <see langword="null"/> plays once.</param>
/// <param name="Steps">All steps, ordered by time; steps of the same time in the order of their lines.</param>
public sealed record Scenario(string File, string Title, string? Uses, TimeSpan? RepeatEvery, IReadOnlyList<ScenarioStep> Steps);
