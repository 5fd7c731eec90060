namespace EdgeAlarm.Engine;

/// <summary>ConditionTimes of the last three activations of an alarm, newest first; <see cref="PlantTime.Zero"/> where there were fewer.</summary>
internal readonly record struct ActivationTimes(PlantTime Last, PlantTime Before, PlantTime BeforeThat)
{
    /// <summary>One more.</summary>
    public ActivationTimes With(PlantTime time) => new(time, Last, Before);
}
