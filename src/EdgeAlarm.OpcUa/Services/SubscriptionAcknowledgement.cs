using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A notification message that the server need not keep any longer (OPC 10000-4 §5.14.5).</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="SequenceNumber">The message's number.</param>
public readonly record struct SubscriptionAcknowledgement(uint SubscriptionId, uint SequenceNumber) : IStructure<SubscriptionAcknowledgement>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 8;

    /// <inheritdoc />
    public static SubscriptionAcknowledgement Decode(ref BinaryDecoder decoder) => new(decoder.ReadUInt32(), decoder.ReadUInt32());

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteUInt32(SubscriptionId);
        encoder.WriteUInt32(SequenceNumber);
    }
}
