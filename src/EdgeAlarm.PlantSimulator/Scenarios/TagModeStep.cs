namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary><c>TAG freeze</c>, <c>TAG mute</c>, <c>TAG resume</c>.</summary>
/// <param name="At">When, from the start of the scenario (or of the round where it repeats).</param>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line as written, without comment and surrounding blanks.</param>
/// <param name="Tag">The tag's name.</param>
/// <param name="Mode">What the tag does from now on.</param>
public sealed record TagModeStep(TimeSpan At, int Line, string Text, ScenarioWord Tag, TagMode Mode)
    : TagStep(At, Line, Text, Tag);
