namespace EdgeAlarm.Gateway.Uplink;

/// <summary>What a PUBACK says about the event it answers (MQTT 5 §3.4.2.1).</summary>
internal enum PublishVerdict
{
    /// <summary>The broker took it; 0x10 "no matching subscribers" is success as well.</summary>
    Taken,

    /// <summary>This event will never be taken, others will.</summary>
    Poison,

    /// <summary>Nothing will be taken for now.</summary>
    Refused,
}
