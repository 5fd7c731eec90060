namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary><c>TAG quality BadSensorFailure</c>: the tag's values carry this quality from now on; <c>Good</c> ends it.</summary>
/// <param name="At">When, from the start of the scenario (or of the round where it repeats).</param>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line as written, without comment and surrounding blanks.</param>
/// <param name="Tag">The tag's name.</param>
/// <param name="Quality">The standard's name of the quality; who plays the scenario knows which names there are.</param>
public sealed record QualityStep(TimeSpan At, int Line, string Text, ScenarioWord Tag, ScenarioWord Quality)
    : TagStep(At, Line, Text, Tag);
