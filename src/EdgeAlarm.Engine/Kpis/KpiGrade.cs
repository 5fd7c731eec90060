namespace EdgeAlarm.Engine;

/// <summary>How a figure stands against its target and its limit.</summary>
public enum KpiGrade
{
    /// <summary>It has no target, or there is nothing yet to judge.</summary>
    None,

    /// <summary>Within the target.</summary>
    Green,

    /// <summary>Beyond the target, within the limit.</summary>
    Amber,

    /// <summary>Beyond the limit.</summary>
    Red,
}
