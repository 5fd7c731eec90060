namespace EdgeAlarm.Engine;

/// <summary>What the events have told about a source being armed.</summary>
internal enum AnnouncedSource : byte
{
    /// <summary>Nothing yet.</summary>
    Nothing,

    /// <summary>ArmedRestored.</summary>
    Armed,

    /// <summary>ArmedLost.</summary>
    Lost,
}
