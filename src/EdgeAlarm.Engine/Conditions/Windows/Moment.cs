namespace EdgeAlarm.Engine;

/// <summary>A moment at which a condition is judged.</summary>
/// <param name="Time">ConditionTime.</param>
/// <param name="Trigger">Index of the tag whose sample came; -1 where only time passed.</param>
/// <param name="Delivering">The source whose sample is folded, so that its values count; -1 for none.</param>
/// <param name="IsStanding">Whether the condition stood then: the deadband counts.</param>
/// <param name="Before">What lies between the trigger's sample and the one before.</param>
internal readonly record struct Moment(PlantTime Time, int Trigger, int Delivering, bool IsStanding, Discontinuity Before);
