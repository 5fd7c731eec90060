namespace EdgeAlarm.Engine;

/// <summary>Why samples were lost.</summary>
public enum GapCause
{
    /// <summary>The server's queue for the item overflowed.</summary>
    Overflow,

    /// <summary>The connection was lost and the server kept nothing for us.</summary>
    ConnectionLost,

    /// <summary>Messages that the server had sent could not be republished.</summary>
    RepublishFailed,

    /// <summary>The gateway was not running.</summary>
    GatewayDown,

    /// <summary>A reading showed a value that the server had not notified.</summary>
    NotNotified,

    /// <summary>The value was read less often than it was to be.</summary>
    ReadLate,
}
