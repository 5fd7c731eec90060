namespace EdgeAlarm.Engine;

/// <summary>What kinds of condition have in common.</summary>
public static class ConditionTypes
{
    /// <summary>Whether a kind is judged over a window, and means nothing without one.</summary>
    public static bool NeedsWindow(this ConditionType type) => type is ConditionType.RateUp or ConditionType.RateDown or ConditionType.Stale or ConditionType.Flatline
        or ConditionType.Heartbeat or ConditionType.CountInTime or ConditionType.TimeAbnormal;
}
