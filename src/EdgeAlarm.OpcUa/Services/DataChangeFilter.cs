using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>When a value is worth a notification (OPC 10000-4 §7.22.2).</summary>
public sealed record DataChangeFilter : IEncodedStructure<DataChangeFilter>
{
    /// <inheritdoc />
    public static ushort EncodingId => 724;

    /// <inheritdoc />
    public static int EncodedSizeMin => 16;

    /// <summary>Which change counts.</summary>
    public DataChangeTrigger Trigger { get; init; }

    /// <summary>How the deadband counts.</summary>
    public DeadbandType DeadbandType { get; init; }

    /// <summary>The deadband in the unit of the value, or in percent.</summary>
    public double DeadbandValue { get; init; }

    /// <inheritdoc />
    public static DataChangeFilter Decode(ref BinaryDecoder decoder) => new()
    {
        Trigger = (DataChangeTrigger)decoder.ReadInt32(),
        DeadbandType = (DeadbandType)decoder.ReadUInt32(),
        DeadbandValue = decoder.ReadDouble(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteInt32((int)Trigger);
        encoder.WriteUInt32((uint)DeadbandType);
        encoder.WriteDouble(DeadbandValue);
    }
}
