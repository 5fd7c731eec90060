namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary><c>TAG = pulse 80ms 95</c>: this value for so long, then back to what the tag has without it.</summary>
/// <param name="At">When, from the start of the scenario (or of the round where it repeats).</param>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line as written, without comment and surrounding blanks.</param>
/// <param name="Tag">The tag's name.</param>
/// <param name="Width">How long; more than zero.</param>
/// <param name="Written">The value as written.</param>
/// <param name="Value">The value of the pulse.</param>
public sealed record PulseStep(TimeSpan At, int Line, string Text, ScenarioWord Tag, TimeSpan Width, ScenarioWord Written, double Value)
    : TagStep(At, Line, Text, Tag);
