namespace EdgeAlarm.Historian.Storage;

/// <summary>How often one transition of one occurrence is stored; more than once is a duplicate whatever the keys say.</summary>
/// <param name="Gateway"><c>{site}/{gateway}</c>.</param>
/// <param name="Alarm">Alarm.</param>
/// <param name="Occurrence">Occurrence, or null.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Count">Rows.</param>
public sealed record TransitionCount(string Gateway, string Alarm, string? Occurrence, string Kind, long Count);
