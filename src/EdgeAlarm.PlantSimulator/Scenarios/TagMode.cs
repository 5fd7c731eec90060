namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>How a tag follows the plant.</summary>
public enum TagMode
{
    /// <summary>It follows again: ends freeze and mute; on a tag that has neither it ends the scripted value, so that the process has it back.</summary>
    Resume,

    /// <summary>It keeps its reading whatever the plant does: a transmitter that froze.</summary>
    Freeze,

    /// <summary>It gives no sample at all.</summary>
    Mute,
}
