namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>One thing wrong in a scenario file. All faults of a file are told at once.</summary>
/// <param name="File">Name of the file as given by the caller.</param>
/// <param name="Line">Line, counted from 1.</param>
/// <param name="Column">Column of <paramref name="Value"/>, counted from 1.</param>
/// <param name="Value">The word that is wrong; empty where something is missing.</param>
/// <param name="Allowed">What may stand there.</param>
public sealed record ScenarioFault(string File, int Line, int Column, string Value, string Allowed)
{
    /// <summary><c>file:line:column: 'value' is not understood; allowed: ...</c></summary>
    public override string ToString() => Value.Length == 0
        ? $"{File}:{Line}:{Column}: something is missing here; allowed: {Allowed}"
        : $"{File}:{Line}:{Column}: '{Value}' is not understood; allowed: {Allowed}";
}
