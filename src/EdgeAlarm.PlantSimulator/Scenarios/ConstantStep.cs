namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary><c>TAG = 50.0</c>: the tag has this value from now on.</summary>
/// <param name="At">When, from the start of the scenario (or of the round where it repeats).</param>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line as written, without comment and surrounding blanks.</param>
/// <param name="Tag">The tag's name.</param>
/// <param name="Written">The value as written.</param>
/// <param name="Value">The value; <c>true</c> and <c>on</c> are 1, <c>false</c> and <c>off</c> are 0.</param>
public sealed record ConstantStep(TimeSpan At, int Line, string Text, ScenarioWord Tag, ScenarioWord Written, double Value)
    : TagStep(At, Line, Text, Tag);
