namespace EdgeAlarm.Gateway.Certificates;

/// <summary>How near the end of a certificate is.</summary>
public enum ExpiryStage
{
    /// <summary>More than 90 days away.</summary>
    Far,

    /// <summary>90 days or less: time to plan.</summary>
    Within90Days,

    /// <summary>30 days or less: time to act.</summary>
    Within30Days,

    /// <summary>7 days or less.</summary>
    Within7Days,

    /// <summary>It has ended: the next connection that needs it fails.</summary>
    Ended,
}
