namespace EdgeAlarm.Engine;

/// <summary>The reasons in words for people.</summary>
internal static class ArmedWords
{
    /// <summary>Words for a reason of a tag; null for none.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="code">The StatusCode behind it, where one is.</param>
    public static string? Of(ArmedReason reason, uint code) => reason switch
    {
        ArmedReason.None => null,
        ArmedReason.Unrecorded => "the recorder keeps nothing on the disk",
        ArmedReason.SourceDown => "the source delivers nothing",
        ArmedReason.EngineFault => "engine fault",
        ArmedReason.NotMonitored => $"not monitored: the server answered {StatusNames.Of(code)}",
        ArmedReason.NotAnswered => "the server has not yet said whether it monitors the tag",
        ArmedReason.NoSample => "no sample since the subscription was made",
        ArmedReason.Stale => "no sample for longer than the tag may be silent",
        ArmedReason.BadQuality => $"bad quality {StatusNames.Of(code)}",
        ArmedReason.UncertainQuality => $"uncertain quality {StatusNames.Of(code)}",
        ArmedReason.DegradedQuality => $"degraded quality {StatusNames.Of(code)}",
        ArmedReason.NotComparable => "the value is no number",
        ArmedReason.Undefined => "the condition has no answer for these values",
        ArmedReason.OutOfService => "out of service",
        ArmedReason.SuppressedByDesign => "suppressed by design",
        ArmedReason.Shelved => "shelved",
    };

    /// <summary>Words for a reason of an alarm, with whose inhibition it is, until when and why.</summary>
    public static string? Of(ArmedReason reason, Inhibition? inhibition) => inhibition is null
        ? Of(reason, code: 0)
        : FormattableString.Invariant(
            $"{Of(reason, code: 0)} by {inhibition.By} until {new DateTime(inhibition.Until.Ticks, DateTimeKind.Utc):yyyy-MM-dd HH:mm:ss} UTC at the latest: {inhibition.Reason}");

    /// <summary>Words for what a flapping tag was until it settled.</summary>
    public static string Of(uint losses, TimeSpan unarmed) =>
        FormattableString.Invariant($"it was lost {losses} times, for {unarmed.Ticks / (decimal)TimeSpan.TicksPerSecond:0.0} s in all");

    /// <summary>Words for the cause of a gap.</summary>
    public static string Of(GapCause cause) => cause switch
    {
        GapCause.Overflow => "the server's queue overflowed",
        GapCause.ConnectionLost => "the connection was lost and the server kept nothing",
        GapCause.RepublishFailed => "sent messages could not be republished",
        GapCause.GatewayDown => "the gateway was not running",
        GapCause.NotNotified => "a reading showed a value that the server had not notified",
        GapCause.ReadLate => "the value was read less often than it was to be",
    };
}
