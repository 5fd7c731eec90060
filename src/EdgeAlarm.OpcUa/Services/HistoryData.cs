using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Recorded values in the order of their source times (OPC 10000-11 §6.6.2).</summary>
public sealed record HistoryData : IEncodedStructure<HistoryData>
{
    /// <inheritdoc />
    public static ushort EncodingId => 658;

    /// <inheritdoc />
    public static int EncodedSizeMin => 4;

    /// <summary>The values.</summary>
    public DataValue[] DataValues { get; init; } = [];

    /// <inheritdoc />
    public static HistoryData Decode(ref BinaryDecoder decoder) => new() { DataValues = decoder.ReadDataValues() };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder) => encoder.WriteDataValues(DataValues);
}
