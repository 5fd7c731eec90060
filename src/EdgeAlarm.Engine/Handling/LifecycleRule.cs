namespace EdgeAlarm.Engine;

/// <summary>What of an alarm's definition and of its other state region the lifecycle depends on.</summary>
/// <param name="AckRequired">Whether each occurrence has to be acknowledged.</param>
/// <param name="IsLatching">Whether a return leaves a latch behind.</param>
/// <param name="IsSuppressed">Whether anything suppresses the alarm: then nothing is shown to the operator, and nothing shown can be acknowledged.</param>
internal readonly record struct LifecycleRule(bool AckRequired, bool IsLatching, bool IsSuppressed);
