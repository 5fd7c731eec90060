using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>How an item is monitored (OPC 10000-4 §7.21).</summary>
public sealed record MonitoringParameters : IStructure<MonitoringParameters>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 20;

    /// <summary>The client's number for the item, which notifications repeat.</summary>
    public uint ClientHandle { get; init; }

    /// <summary>Milliseconds; 0 for as fast as possible, -1 for the publishing interval.</summary>
    public double SamplingIntervalMs { get; init; }

    /// <summary>A DataChangeFilter, or null for changes of status or value.</summary>
    public ExtensionObject Filter { get; init; }

    /// <summary>Values that the server keeps between two publishings; 0 and 1 keep only one.</summary>
    public uint QueueSize { get; init; }

    /// <summary>Which end of a full queue loses.</summary>
    public bool DiscardOldest { get; init; }

    /// <inheritdoc />
    public static MonitoringParameters Decode(ref BinaryDecoder decoder) => new()
    {
        ClientHandle = decoder.ReadUInt32(),
        SamplingIntervalMs = decoder.ReadDouble(),
        Filter = decoder.ReadExtensionObject(),
        QueueSize = decoder.ReadUInt32(),
        DiscardOldest = decoder.ReadBoolean(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteUInt32(ClientHandle);
        encoder.WriteDouble(SamplingIntervalMs);
        encoder.WriteExtensionObject(Filter);
        encoder.WriteUInt32(QueueSize);
        encoder.WriteBoolean(DiscardOldest);
    }
}
