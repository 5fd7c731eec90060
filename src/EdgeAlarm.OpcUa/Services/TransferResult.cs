using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>What became of a subscription to transfer (OPC 10000-4 §5.14.7).</summary>
public sealed record TransferResult : IStructure<TransferResult>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 8;

    /// <summary>The outcome.</summary>
    public StatusCode StatusCode { get; init; }

    /// <summary>Messages that can be had by Republish.</summary>
    public uint[] AvailableSequenceNumbers { get; init; } = [];

    /// <inheritdoc />
    public static TransferResult Decode(ref BinaryDecoder decoder) => new()
    {
        StatusCode = decoder.ReadStatusCode(),
        AvailableSequenceNumbers = decoder.ReadUInt32s(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteStatusCode(StatusCode);
        encoder.WriteUInt32s(AvailableSequenceNumbers);
    }
}
