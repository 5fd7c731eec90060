namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary><c>PLC1 back</c>: the source can be reached again.</summary>
/// <param name="At">When, from the start of the scenario (or of the round where it repeats).</param>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line as written, without comment and surrounding blanks.</param>
/// <param name="Source">The source's name.</param>
public sealed record SourceBackStep(TimeSpan At, int Line, string Text, ScenarioWord Source)
    : ScenarioStep(At, Line, Text);
