namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>One line of a scenario that happens at a time.</summary>
/// <param name="At">When, from the start of the scenario (or of the round where it repeats).</param>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line as written, without comment and surrounding blanks.</param>
public abstract record ScenarioStep(TimeSpan At, int Line, string Text);
