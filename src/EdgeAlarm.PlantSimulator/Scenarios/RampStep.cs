namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary><c>from A to B every D TAG = ramp X to Y</c>: straight from X to Y, a new value every D, exactly Y at B.</summary>
/// <param name="At">When, from the start of the scenario (or of the round where it repeats).</param>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line as written, without comment and surrounding blanks.</param>
/// <param name="Until">When the last value is set; later than At.</param>
/// <param name="Every">Time between two values; at least a millisecond.</param>
/// <param name="Tag">The tag's name.</param>
/// <param name="First">Value at the start.</param>
/// <param name="Last">Value at the end.</param>
public sealed record RampStep(TimeSpan At, int Line, string Text, TimeSpan Until, TimeSpan Every, ScenarioWord Tag, double First, double Last)
    : TagStep(At, Line, Text, Tag);
