using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>What a connection remembers of its source across channels, sessions and subscriptions.</summary>
internal sealed class SourceMemory
{
    /// <summary>Arrival of the last message handed on; null before the first since the gateway started.</summary>
    public PlantTime? LastSeen { get; set; }

    /// <summary>How the source will be announced as up, once its first messages are there; null if it is up or down for good.</summary>
    public SourceRecovery? Announce { get; set; }

    /// <summary>Whether the sink was told that the source delivers; null before it was told anything.</summary>
    public bool? ToldUp { get; set; }

    /// <summary>
    /// Until when messages count as coming after a recovery. Servers send the present value of every item again when a session is activated on a new channel,
    /// in a later message of their own choice, though nobody asked for it.
    /// </summary>
    public PlantTime RecoveredUntil { get; set; } = PlantTime.Zero;

    /// <summary>Whether a subscription of this server began with a number above 1, and what should have come before was not to be had.</summary>
    public bool BeginsLate { get; set; }

    /// <summary>When the server said it started, 100 ns ticks; 0 if unknown. Another value means another life of the server.</summary>
    public long ServerStartTicks { get; set; }
}
