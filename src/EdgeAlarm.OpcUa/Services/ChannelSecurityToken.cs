using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The keys' life of a SecureChannel (OPC 10000-4 §5.6.2).</summary>
public sealed record ChannelSecurityToken : IStructure<ChannelSecurityToken>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 20;

    /// <summary>The channel, unique within the server.</summary>
    public uint ChannelId { get; init; }

    /// <summary>The token; chunks name it.</summary>
    public uint TokenId { get; init; }

    /// <summary>
    /// By the server's clock: 100 ns ticks of UTC since year 1, 0 for none. Never used for arithmetic with another clock.
    /// </summary>
    public long CreatedAtTicks { get; init; }

    /// <summary>Milliseconds after which the token is dead; it is renewed at three quarters.</summary>
    public uint RevisedLifetimeMs { get; init; }

    /// <inheritdoc />
    public static ChannelSecurityToken Decode(ref BinaryDecoder decoder) => new()
    {
        ChannelId = decoder.ReadUInt32(),
        TokenId = decoder.ReadUInt32(),
        CreatedAtTicks = decoder.ReadDateTimeTicks(),
        RevisedLifetimeMs = decoder.ReadUInt32(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteUInt32(ChannelId);
        encoder.WriteUInt32(TokenId);
        encoder.WriteDateTimeTicks(CreatedAtTicks);
        encoder.WriteUInt32(RevisedLifetimeMs);
    }
}
