using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>What a connection remembers of its source across channels, sessions and subscriptions.</summary>
internal sealed class SourceMemory
{
    /// <summary>How the source will be announced as up, once its first messages are there; null if it is up or down for good.</summary>
    public SourceRecovery? Announce { get; set; }

    /// <summary>Where all subscriptions were made anew: the last moment at which each of them was still seen; null before the first message since the gateway started.</summary>
    public PlantTime? BlindFrom { get; set; }

    /// <summary>Whether the sink was told that the source delivers; null before it was told anything.</summary>
    public bool? ToldUp { get; set; }

    /// <summary>Whether a subscription of this server began with a number above 1, and what should have come before was not to be had.</summary>
    public bool BeginsLate { get; set; }

    /// <summary>When the server said it started, 100 ns ticks; 0 if unknown. Another value means another life of the server.</summary>
    public long ServerStartTicks { get; set; }

    /// <summary>
    /// The numbers of subscriptions since the source was last announced as new. A server that gives one again is taken for one that restarted: the journal tells messages
    /// apart by subscription and sequence number.
    /// </summary>
    public HashSet<uint> SubscriptionIds { get; } = [];

    /// <summary>How often the heartbeat was written since the gateway started.</summary>
    public ulong Heartbeats { get; set; }

    /// <summary>Whether the last heartbeat was not written.</summary>
    public bool HeartbeatFails { get; set; }

    /// <summary>Whether it was told that addresses name other variables than they did.</summary>
    public bool HasOtherIdentities { get; set; }

    /// <summary>Whether it was told that the record of what the nodes were cannot be read.</summary>
    public bool HasUnusableIdentities { get; set; }

    /// <summary>Whether there are tags that get no item before what they are is compared.</summary>
    public bool HasToCompare { get; set; }

    /// <summary>The session in which what the nodes are was compared; null before the first.</summary>
    public UaSession? ComparedIn { get; set; }
}
