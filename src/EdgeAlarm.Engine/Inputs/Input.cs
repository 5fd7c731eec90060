namespace EdgeAlarm.Engine;

/// <summary>
/// Everything but samples that reaches the engine (rule R1). Each is written to the journal before it is folded; what is not an input has no effect.
/// </summary>
/// <param name="At">When the gateway took it in. Never earlier than that of the input before.</param>
public abstract record Input(PlantTime At);
