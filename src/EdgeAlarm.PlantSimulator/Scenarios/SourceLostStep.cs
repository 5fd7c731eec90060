namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary><c>PLC1 lost for 30s</c>: the source cannot be reached; without <c>for</c> until it is <c>back</c>.</summary>
/// <param name="At">When, from the start of the scenario (or of the round where it repeats).</param>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line as written, without comment and surrounding blanks.</param>
/// <param name="Source">The source's name.</param>
/// <param name="For">How long; <see langword="null"/> until a <see cref="SourceBackStep"/>.</param>
public sealed record SourceLostStep(TimeSpan At, int Line, string Text, ScenarioWord Source, TimeSpan? For)
    : ScenarioStep(At, Line, Text);
