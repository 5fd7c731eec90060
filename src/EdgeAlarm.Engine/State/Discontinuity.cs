namespace EdgeAlarm.Engine;

/// <summary>What lies between a tag's last evaluated sample and the next.</summary>
internal enum Discontinuity : byte
{
    /// <summary>Nothing: the last value held until the next.</summary>
    None,

    /// <summary>Samples were lost within the subscription.</summary>
    Gap,

    /// <summary>A start of the gateway or a new subscription.</summary>
    Start,
}
