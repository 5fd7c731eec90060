namespace EdgeAlarm.Engine;

/// <summary>What an alarm does while its tag's quality does not allow evaluation. In no case is bad quality "no alarm".</summary>
public enum BadQualityPolicy
{
    /// <summary>Keep the condition and its timers as they are; the alarm is not armed meanwhile.</summary>
    Hold,
}
