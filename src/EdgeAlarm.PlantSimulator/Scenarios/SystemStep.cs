namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>What happens to the system around the plant: <c>restart gateway</c>, <c>clock step +1h</c>, <c>broker down</c>.</summary>
/// <param name="At">When, from the start of the scenario (or of the round where it repeats).</param>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line as written, without comment and surrounding blanks.</param>
/// <param name="Part">The first word, one of <see cref="ScenarioText.SystemParts"/>.</param>
/// <param name="Arguments">The other words of the line; a quoted text is one.</param>
public sealed record SystemStep(TimeSpan At, int Line, string Text, ScenarioWord Part, IReadOnlyList<ScenarioWord> Arguments)
    : ScenarioStep(At, Line, Text);
