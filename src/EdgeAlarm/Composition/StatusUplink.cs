namespace EdgeAlarm.Composition;

/// <summary>How the uplink stands.</summary>
internal sealed record StatusUplink(bool Connected, long Through, long Unconfirmed, DateTimeOffset? LastReceiptAt, string? Problem);
