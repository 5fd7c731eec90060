using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Which view to browse; all null for the whole address space (OPC 10000-4 §7.44).</summary>
public sealed record ViewDescription : IStructure<ViewDescription>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 14;

    /// <summary>The view, or null.</summary>
    public NodeId ViewId { get; init; }

    /// <summary>The view at this time: 100 ns ticks of UTC since year 1, 0 for none.</summary>
    public long TimestampTicks { get; init; }

    /// <summary>The view at this version, or 0.</summary>
    public uint ViewVersion { get; init; }

    /// <inheritdoc />
    public static ViewDescription Decode(ref BinaryDecoder decoder) => new()
    {
        ViewId = decoder.ReadNodeId(),
        TimestampTicks = decoder.ReadDateTimeTicks(),
        ViewVersion = decoder.ReadUInt32(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteNodeId(ViewId);
        encoder.WriteDateTimeTicks(TimestampTicks);
        encoder.WriteUInt32(ViewVersion);
    }
}
