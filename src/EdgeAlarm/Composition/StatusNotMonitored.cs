namespace EdgeAlarm.Composition;

/// <summary>A tag that the server does not monitor, with its reason.</summary>
internal sealed record StatusNotMonitored(string Tag, string Status);
