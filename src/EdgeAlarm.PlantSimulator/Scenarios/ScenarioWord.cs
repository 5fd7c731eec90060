namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>A word of a scenario line together with where it stands, so that a later check can still point at it.</summary>
/// <param name="Text">The word as written.</param>
/// <param name="Column">Its first character, counted from 1.</param>
public readonly record struct ScenarioWord(string Text, int Column)
{
    /// <summary>The word as written.</summary>
    public override string ToString() => Text;
}
