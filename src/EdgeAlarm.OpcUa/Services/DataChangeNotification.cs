using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Values of monitored items, in the order of each item's queue (OPC 10000-4 §7.25.2).</summary>
public sealed record DataChangeNotification : IEncodedStructure<DataChangeNotification>
{
    /// <inheritdoc />
    public static ushort EncodingId => 811;

    /// <inheritdoc />
    public static int EncodedSizeMin => 8;

    /// <summary>The values.</summary>
    public MonitoredItemNotification[] MonitoredItems { get; init; } = [];

    /// <summary>One per result, or none; null for an empty one.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc />
    public static DataChangeNotification Decode(ref BinaryDecoder decoder) => new()
    {
        MonitoredItems = decoder.ReadStructures<MonitoredItemNotification>(),
        DiagnosticInfos = decoder.ReadDiagnosticInfos(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteStructures(MonitoredItems);
        encoder.WriteDiagnosticInfos(DiagnosticInfos);
    }
}
