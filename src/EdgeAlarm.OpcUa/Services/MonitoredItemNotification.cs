using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A value of a monitored item (OPC 10000-4 §7.25.2).</summary>
/// <param name="ClientHandle">The client's number for the item.</param>
/// <param name="Value">The value with status and times.</param>
public readonly record struct MonitoredItemNotification(uint ClientHandle, DataValue Value) : IStructure<MonitoredItemNotification>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 5;

    /// <inheritdoc />
    public static MonitoredItemNotification Decode(ref BinaryDecoder decoder) => new(decoder.ReadUInt32(), decoder.ReadDataValue());

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteUInt32(ClientHandle);
        encoder.WriteDataValue(Value);
    }
}
