namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>What an operator does: <c>ack LT101_HI by operator1</c>.</summary>
/// <param name="At">When, from the start of the scenario (or of the round where it repeats).</param>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line as written, without comment and surrounding blanks.</param>
/// <param name="Action">The first word, one of <see cref="ScenarioText.OperatorActions"/>.</param>
/// <param name="Arguments">The other words of the line; a quoted text is one.</param>
public sealed record OperatorStep(TimeSpan At, int Line, string Text, ScenarioWord Action, IReadOnlyList<ScenarioWord> Arguments)
    : ScenarioStep(At, Line, Text);
