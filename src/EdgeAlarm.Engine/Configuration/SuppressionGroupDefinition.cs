namespace EdgeAlarm.Engine;

/// <summary>Alarms that the same state of the plant suppresses, in the same way.</summary>
/// <param name="Name">The condition in words, as it was written; tells people why an alarm is suppressed.</param>
/// <param name="Trigger">What suppresses them.</param>
/// <param name="Entry">How long the trigger must hold before it suppresses, so that the alarm that says the cause gets through; at least 0.</param>
/// <param name="Exit">How long the alarms stay suppressed after it ended, for the transients of a start; at least 0.</param>
/// <param name="Max">Longest that it may last; above 0. Then the alarms are annunciated although the trigger holds.</param>
public sealed record SuppressionGroupDefinition(string Name, SuppressionTrigger Trigger, TimeSpan Entry, TimeSpan Exit, TimeSpan Max)
{
    /// <summary>Sources of alarms that it suppresses and that are not in this configuration, where that was cut down; otherwise empty.</summary>
    public EquatableArray<int> OtherSources { get; init; }
}
