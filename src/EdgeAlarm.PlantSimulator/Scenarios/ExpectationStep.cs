namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>What has to be seen: <c>expect LT101_HI raised within 5s</c>.</summary>
/// <param name="At">When, from the start of the scenario (or of the round where it repeats).</param>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line as written, without comment and surrounding blanks.</param>
/// <param name="Expected">The words behind <c>expect</c>.</param>
public sealed record ExpectationStep(TimeSpan At, int Line, string Text, IReadOnlyList<ScenarioWord> Expected)
    : ScenarioStep(At, Line, Text);
