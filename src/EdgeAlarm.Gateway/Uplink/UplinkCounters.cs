namespace EdgeAlarm.Gateway.Uplink;

/// <summary>Counters over all connections since the start. The loop only.</summary>
internal sealed class UplinkCounters
{
    internal long Published { get; set; }

    internal long Acknowledged { get; set; }

    internal long PublishedLive { get; set; }

    internal DateTimeOffset? LastReceiptAt { get; set; }
}
