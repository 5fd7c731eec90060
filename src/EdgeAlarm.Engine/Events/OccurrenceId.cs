namespace EdgeAlarm.Engine;

/// <summary>Identity of one occurrence of an alarm: the key of its Activated event, or of the Worsened one.</summary>
/// <param name="Epoch">The epoch of that event.</param>
/// <param name="Seq">Its seq; at least 1. 0 means "no occurrence".</param>
public readonly record struct OccurrenceId(Guid Epoch, long Seq)
{
    /// <summary>No occurrence.</summary>
    public static readonly OccurrenceId None;
}
