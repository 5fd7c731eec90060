using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>An item to monitor (OPC 10000-4 §5.13.2).</summary>
public sealed record MonitoredItemCreateRequest : IStructure<MonitoredItemCreateRequest>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 40;

    /// <summary>The node and attribute.</summary>
    public ReadValueId ItemToMonitor { get; init; } = new();

    /// <summary>Whether it samples and reports at once.</summary>
    public MonitoringMode MonitoringMode { get; init; }

    /// <summary>How.</summary>
    public MonitoringParameters RequestedParameters { get; init; } = new();

    /// <inheritdoc />
    public static MonitoredItemCreateRequest Decode(ref BinaryDecoder decoder) => new()
    {
        ItemToMonitor = ReadValueId.Decode(ref decoder),
        MonitoringMode = (MonitoringMode)decoder.ReadInt32(),
        RequestedParameters = MonitoringParameters.Decode(ref decoder),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        ItemToMonitor.Encode(encoder);
        encoder.WriteInt32((int)MonitoringMode);
        RequestedParameters.Encode(encoder);
    }
}
