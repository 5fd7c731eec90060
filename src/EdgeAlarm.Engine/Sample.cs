namespace EdgeAlarm.Engine;

/// <summary>One value of one tag with its quality and its four times. A value without its quality does not exist.</summary>
/// <param name="Tag">Index of the tag in <see cref="AlarmConfiguration.Tags"/> of the configuration in force.</param>
/// <param name="Value">The value.</param>
/// <param name="Quality">The StatusCode that came with it.</param>
/// <param name="SourceTime">The PLC's clock.</param>
/// <param name="ServerTime">The OPC UA server's clock.</param>
/// <param name="ReceivedAt">The gateway's wall clock at the socket read.</param>
/// <param name="PlantTime">The gateway's monotonic time at the socket read.</param>
public readonly record struct Sample(
    int Tag,
    TagValue Value,
    Quality Quality,
    UtcTime SourceTime,
    UtcTime ServerTime,
    UtcTime ReceivedAt,
    PlantTime PlantTime);
