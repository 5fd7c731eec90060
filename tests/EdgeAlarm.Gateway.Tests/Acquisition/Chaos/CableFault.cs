namespace EdgeAlarm.Gateway.Tests.Acquisition.Chaos;

/// <summary>What can happen to a cable.</summary>
internal enum CableFault
{
    /// <summary>Connections are reset; the next attempt succeeds.</summary>
    Reset,

    /// <summary>Connections end in good order; the next attempt succeeds.</summary>
    EndInOrder,

    /// <summary>Connections are reset and refused for a while.</summary>
    Absent,

    /// <summary>Nothing comes from the server for a while, and what it sent is lost.</summary>
    DeafClient,

    /// <summary>Nothing reaches the server for a while, and what was sent is lost.</summary>
    DeafServer,

    /// <summary>Nothing moves for a while; then all of it comes.</summary>
    Hang,

    /// <summary>Everything from the server comes late for a while.</summary>
    Slow,

    /// <summary>Everything is cut into small pieces for a while.</summary>
    Pieces,

    /// <summary>A piece of the server's stream comes twice.</summary>
    ReplayToClient,

    /// <summary>A piece of the client's stream comes twice.</summary>
    ReplayToServer,

    /// <summary>One message of the server is lost.</summary>
    LostMessage,

    /// <summary>One bit of the server's stream is flipped; only where signatures can tell.</summary>
    FlippedBit,
}
