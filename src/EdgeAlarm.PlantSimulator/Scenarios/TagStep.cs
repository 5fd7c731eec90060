namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>A step that concerns one tag.</summary>
/// <param name="At">When, from the start of the scenario (or of the round where it repeats).</param>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line as written, without comment and surrounding blanks.</param>
/// <param name="Tag">The tag's name.</param>
public abstract record TagStep(TimeSpan At, int Line, string Text, ScenarioWord Tag)
    : ScenarioStep(At, Line, Text);
