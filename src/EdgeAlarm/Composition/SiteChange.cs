namespace EdgeAlarm.Composition;

/// <summary>How much of a running gateway edited files touch.</summary>
internal enum SiteChange
{
    /// <summary>Nothing takes effect.</summary>
    None,

    /// <summary>Only the alarm list: everything goes on.</summary>
    Alarms,

    /// <summary>Settings or tags: connections, recorder and uplink are put together anew.</summary>
    Everything,
}
