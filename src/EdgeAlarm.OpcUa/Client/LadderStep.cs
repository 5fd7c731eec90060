namespace EdgeAlarm.OpcUa.Client;

/// <summary>What a trigger led to.</summary>
/// <param name="Next">The state entered; its attempt is to be made now.</param>
/// <param name="Effects">What to cause before.</param>
public readonly record struct LadderStep(LadderState Next, LadderEffects Effects);
