namespace EdgeAlarm.OpcUa.SecureConversation;

/// <summary>One security token of a channel with its keys. Its age is counted on our own monotonic clock; CreatedAt of the wire is
/// the server's clock and is not used. OPC 10000-4 §5.6.2.</summary>
/// <param name="id">TokenId.</param>
/// <param name="lifetime">RevisedLifetime.</param>
/// <param name="time">The clock.</param>
/// <param name="local">Keys with which this side sends; null for the policy None.</param>
/// <param name="remote">Keys with which the other side sends; null for the policy None.</param>
internal sealed class ChannelToken(uint id, TimeSpan lifetime, TimeProvider time, ChannelKeys? local, ChannelKeys? remote) : IDisposable
{
    // OPC 10000-4 §5.6.2.1: messages with an expired token are accepted for up to 25 % of its lifetime more.
    private const double GraceFactor = 1.25;

    private readonly long _since = time.GetTimestamp();

    public uint Id { get; } = id;

    public TimeSpan Lifetime { get; } = lifetime;

    public ChannelKeys? Local { get; } = local;

    public ChannelKeys? Remote { get; } = remote;

    public TimeSpan Age => time.GetElapsedTime(_since);

    public bool IsExpired => Age >= Lifetime;

    public bool IsBeyondGrace => Age >= Lifetime * GraceFactor;

    public void Dispose()
    {
        Local?.Dispose();
        Remote?.Dispose();
    }
}
