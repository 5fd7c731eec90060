namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary><c>TAG = toggle 95 for 14s, 85 for 1s</c>: to and fro until the tag's next value step.</summary>
/// <param name="At">When, from the start of the scenario (or of the round where it repeats).</param>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line as written, without comment and surrounding blanks.</param>
/// <param name="Tag">The tag's name.</param>
/// <param name="First">The value it begins with.</param>
/// <param name="Second">The other value.</param>
public sealed record ToggleStep(TimeSpan At, int Line, string Text, ScenarioWord Tag, ToggleHalf First, ToggleHalf Second)
    : TagStep(At, Line, Text, Tag);
