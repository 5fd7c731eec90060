namespace EdgeAlarm.Composition;

/// <summary>An alarm that could not fire now.</summary>
internal sealed record StatusNotArmed(string Alarm, string Tag, string Reason);
