namespace EdgeAlarm.Gateway.Configuration;

/// <summary>How much the flight recorder keeps.</summary>
/// <param name="Keep">Age at which sample segments go; at least 1 h.</param>
/// <param name="MaxSize">Size in bytes above which the oldest sample segments go.</param>
public sealed record RecorderSettings(TimeSpan Keep, long MaxSize);
