namespace EdgeAlarm.Gateway.Recorder;

/// <summary>The events of one epoch that occur in a segment.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="First">The lowest seq.</param>
/// <param name="Last">The highest seq.</param>
public readonly record struct EventRange(Guid Epoch, long First, long Last);
