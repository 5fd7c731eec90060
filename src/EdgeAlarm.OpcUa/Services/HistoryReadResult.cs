using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A page of a node's history (OPC 10000-4 §5.11.3).</summary>
public sealed record HistoryReadResult : IStructure<HistoryReadResult>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 11;

    /// <summary>The outcome for this node; GoodNoData where the interval is empty.</summary>
    public StatusCode StatusCode { get; init; }

    /// <summary>Where to go on, or null at the end.</summary>
    public byte[]? ContinuationPoint { get; init; }

    /// <summary>The values: a <see cref="Services.HistoryData"/>.</summary>
    public ExtensionObject HistoryData { get; init; }

    /// <inheritdoc />
    public static HistoryReadResult Decode(ref BinaryDecoder decoder) => new()
    {
        StatusCode = decoder.ReadStatusCode(),
        ContinuationPoint = decoder.ReadByteString(),
        HistoryData = decoder.ReadExtensionObject(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteStatusCode(StatusCode);
        encoder.WriteByteString(ContinuationPoint);
        encoder.WriteExtensionObject(HistoryData);
    }
}
