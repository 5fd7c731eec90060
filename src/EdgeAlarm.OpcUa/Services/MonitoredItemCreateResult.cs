using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>What became of an item to monitor (OPC 10000-4 §5.13.2).</summary>
public sealed record MonitoredItemCreateResult : IStructure<MonitoredItemCreateResult>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 23;

    /// <summary>Bad where the item is not monitored: the others are nevertheless.</summary>
    public StatusCode StatusCode { get; init; }

    /// <summary>The server's number for the item.</summary>
    public uint MonitoredItemId { get; init; }

    /// <summary>Milliseconds as the server will do it.</summary>
    public double RevisedSamplingIntervalMs { get; init; }

    /// <summary>The queue as the server will keep it.</summary>
    public uint RevisedQueueSize { get; init; }

    /// <summary>Null for a DataChangeFilter.</summary>
    public ExtensionObject FilterResult { get; init; }

    /// <inheritdoc />
    public static MonitoredItemCreateResult Decode(ref BinaryDecoder decoder) => new()
    {
        StatusCode = decoder.ReadStatusCode(),
        MonitoredItemId = decoder.ReadUInt32(),
        RevisedSamplingIntervalMs = decoder.ReadDouble(),
        RevisedQueueSize = decoder.ReadUInt32(),
        FilterResult = decoder.ReadExtensionObject(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteStatusCode(StatusCode);
        encoder.WriteUInt32(MonitoredItemId);
        encoder.WriteDouble(RevisedSamplingIntervalMs);
        encoder.WriteUInt32(RevisedQueueSize);
        encoder.WriteExtensionObject(FilterResult);
    }
}
