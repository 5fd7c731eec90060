namespace EdgeAlarm.Engine;

/// <summary>The state of the plant that suppresses alarms by design.</summary>
public abstract record SuppressionTrigger
{
    /// <summary>An expression over tags holds: a pump does not run. A value that is anything but plainly Good counts as not known.</summary>
    /// <param name="Expression">The expression.</param>
    public sealed record Holds(Expression Expression) : SuppressionTrigger;

    /// <summary>Another alarm's condition stands: the high-high level hides the high one. Not known while a value that it reads is anything but plainly Good.</summary>
    /// <param name="Alarm">Index of the alarm.</param>
    public sealed record AlarmActive(int Alarm) : SuppressionTrigger;
}
