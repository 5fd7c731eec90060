namespace EdgeAlarm.Engine;

/// <summary>
/// What an alarm does while the quality of a tag that it reads does not allow evaluation. In no case is bad quality "no alarm": it is not armed meanwhile, and says why.
/// </summary>
public enum BadQualityPolicy
{
    /// <summary>Keep the condition and its timers as they are.</summary>
    Hold,

    /// <summary>The condition counts as abnormal: where not knowing is as dangerous as the condition itself.</summary>
    Alarm,

    /// <summary>The condition counts as normal: where another alarm tells the broken measurement and this one would only add noise.</summary>
    Inhibit,
}
