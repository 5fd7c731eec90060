namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary><c>note ...</c>: words for the reader.</summary>
/// <param name="At">When, from the start of the scenario (or of the round where it repeats).</param>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line as written, without comment and surrounding blanks.</param>
/// <param name="Note">The words.</param>
public sealed record NoteStep(TimeSpan At, int Line, string Text, string Note)
    : ScenarioStep(At, Line, Text);
