namespace EdgeAlarm.Historian.Storage;

/// <summary>The present state of one alarm as the centre knows it.</summary>
/// <param name="Gateway"><c>{site}/{gateway}</c>.</param>
/// <param name="Alarm">Alarm.</param>
/// <param name="State">Lifecycle state, or <see cref="Unknown"/>.</param>
/// <param name="EventTime">Time of the event that brought it there, UTC.</param>
/// <param name="Priority">Priority, or null.</param>
/// <param name="Area">Area, or null.</param>
/// <param name="Message">Operator text, or null.</param>
/// <param name="Level">The level that an alarm with levels shows, or showed last; null for others.</param>
public sealed record CurrentAlarm(string Gateway, string Alarm, string State, DateTime EventTime, string? Priority, string? Area, string? Message, string? Level)
{
    /// <summary>The journal was lost and the new one has not stated the alarm yet.</summary>
    public const string Unknown = "Unknown";
}
