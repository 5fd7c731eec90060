using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.AddressSpace;
using EdgeAlarm.PlantSimulator.Subscriptions;

namespace EdgeAlarm.PlantSimulator.Sessions;

/// <summary>A client's session: it outlives its channel until its timeout, and its subscriptions can outlive it (OPC 10000-4 §5.7.1).</summary>
internal sealed class ServerSession(NodeId id, NodeId authenticationToken, ServerChannel channel, byte[] serverNonce, long timeoutTicks, long now)
{
    internal NodeId Id { get; } = id;

    /// <summary>The bearer secret of the session; never logged.</summary>
    internal NodeId AuthenticationToken { get; } = authenticationToken;

    /// <summary>The channel it is bound to; requests on any other are refused.</summary>
    internal ServerChannel Channel { get; private set; } = channel;

    /// <summary>DER of the client's certificate, which outlives the channel it came on; empty with the policy None.</summary>
    internal byte[] ClientCertificate { get; } = channel.Client?.Der.ToArray() ?? [];

    /// <summary>The nonce that the next ActivateSession has to sign.</summary>
    internal byte[] ServerNonce { get; private set; } = serverNonce;

    internal bool IsActivated { get; private set; }

    /// <summary>The user's name; null is anonymous.</summary>
    internal string? User { get; private set; }

    internal long ExpiresAt { get; private set; } = now + timeoutTicks;

    internal Dictionary<uint, Subscription> Subscriptions { get; } = [];

    /// <summary>Publish requests that wait, the oldest first.</summary>
    internal Queue<WaitingPublish> Publishes { get; } = [];

    /// <summary>Last words of subscriptions that are gone, for the next Publish requests.</summary>
    internal Queue<(uint SubscriptionId, NotificationMessage Message)> LastWords { get; } = [];

    internal Dictionary<uint, BrowseRest> Continuations { get; } = [];

    internal Dictionary<uint, HistoryRest> HistoryContinuations { get; } = [];

    internal void Activate(ServerChannel channel, string? user, byte[] nextNonce) =>
        (Channel, User, ServerNonce, IsActivated) = (channel, user, nextNonce, true);

    /// <summary>Any request keeps the session alive.</summary>
    internal void Touch(long now) => ExpiresAt = now + timeoutTicks;
}
