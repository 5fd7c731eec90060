namespace EdgeAlarm.Engine;

/// <summary>Whether a tag's last sample speaks for the present subscription.</summary>
internal enum Freshness : byte
{
    /// <summary>No sample since the subscription was made: the value is not known, and no delay goes on by ticks.</summary>
    None,

    /// <summary>The last sample came before the source went down; whether it still holds is known when the source comes up.</summary>
    BeforeBreak,

    /// <summary>A sample came; by report-by-exception its value holds until the next.</summary>
    Fresh,
}
