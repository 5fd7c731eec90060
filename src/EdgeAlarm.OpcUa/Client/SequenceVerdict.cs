namespace EdgeAlarm.OpcUa.Client;

/// <summary>What to do with a notification message.</summary>
public enum SequenceVerdict
{
    /// <summary>It is the next one: deliver it, then ask <see cref="SubscriptionSequence{TMessage}.TryTakeNext"/> for those that waited for it.</summary>
    Deliver,

    /// <summary>Earlier ones are still to come; it is held.</summary>
    Held,

    /// <summary>It was delivered, or given up, or is held already: drop it.</summary>
    Known,
}
