namespace EdgeAlarm.Gateway.Uplink;

/// <summary>The uplink at one moment, for screens.</summary>
/// <param name="IsConnected">Whether the broker has accepted the present connection.</param>
/// <param name="Published">Events published since the start, repeats included.</param>
/// <param name="Acknowledged">Of these, those the broker took (PUBACK).</param>
/// <param name="PublishedLive">Alarms published ahead of the ordered lane while it was behind.</param>
/// <param name="Repeated">Times that unreceipted events were sent again from the receipt on.</param>
/// <param name="Unconfirmed">Events of the present epoch sent and not receipted.</param>
/// <param name="Through">Receipted through this seq.</param>
/// <param name="LastReceiptAt">Wall clock at the last receipt that brought progress; null before the first.</param>
/// <param name="Problem">Why nothing is delivered, in words with the next step; null if all is well.</param>
public sealed record UplinkState(
    bool IsConnected,
    long Published,
    long Acknowledged,
    long PublishedLive,
    long Repeated,
    long Unconfirmed,
    long Through,
    DateTimeOffset? LastReceiptAt,
    string? Problem);
