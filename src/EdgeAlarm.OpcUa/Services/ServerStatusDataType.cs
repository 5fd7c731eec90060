using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The value of ServerStatus, i=2256 (OPC 10000-5 §12.10).</summary>
public sealed record ServerStatusDataType : IEncodedStructure<ServerStatusDataType>
{
    /// <inheritdoc />
    public static ushort EncodingId => 864;

    /// <inheritdoc />
    public static int EncodedSizeMin => 53;

    /// <summary>When the server started: 100 ns ticks of UTC since year 1, 0 for none. A change shows a restart.</summary>
    public long StartTimeTicks { get; init; }

    /// <summary>The server's clock: 100 ns ticks of UTC since year 1, 0 for none.</summary>
    public long CurrentTimeTicks { get; init; }

    /// <summary>Its state.</summary>
    public ServerState State { get; init; }

    /// <summary>Its software.</summary>
    public BuildInfo BuildInfo { get; init; } = new();

    /// <summary>Seconds left while it shuts down.</summary>
    public uint SecondsTillShutdown { get; init; }

    /// <summary>Why it shuts down.</summary>
    public LocalizedText ShutdownReason { get; init; }

    /// <inheritdoc />
    public static ServerStatusDataType Decode(ref BinaryDecoder decoder) => new()
    {
        StartTimeTicks = decoder.ReadDateTimeTicks(),
        CurrentTimeTicks = decoder.ReadDateTimeTicks(),
        State = (ServerState)decoder.ReadInt32(),
        BuildInfo = BuildInfo.Decode(ref decoder),
        SecondsTillShutdown = decoder.ReadUInt32(),
        ShutdownReason = decoder.ReadLocalizedText(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteDateTimeTicks(StartTimeTicks);
        encoder.WriteDateTimeTicks(CurrentTimeTicks);
        encoder.WriteInt32((int)State);
        BuildInfo.Encode(encoder);
        encoder.WriteUInt32(SecondsTillShutdown);
        encoder.WriteLocalizedText(ShutdownReason);
    }
}
