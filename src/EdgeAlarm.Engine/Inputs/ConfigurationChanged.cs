namespace EdgeAlarm.Engine;

/// <summary>A configuration takes effect. Its normalised form is stored under the hash before this input is written (rule R4).</summary>
/// <param name="At">Plant time.</param>
/// <param name="Hash">SHA-256 of the normalised configuration, 64 lower-case hex digits.</param>
public sealed record ConfigurationChanged(PlantTime At, string Hash) : Input(At);
