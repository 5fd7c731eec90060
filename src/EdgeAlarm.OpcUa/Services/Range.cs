using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The range of an analog value, such as EURange (OPC 10000-8 §5.6.2).</summary>
public sealed record Range : IEncodedStructure<Range>
{
    /// <inheritdoc />
    public static ushort EncodingId => 886;

    /// <inheritdoc />
    public static int EncodedSizeMin => 16;

    /// <summary>Lowest, in the value's unit.</summary>
    public double Low { get; init; }

    /// <summary>Highest, in the value's unit.</summary>
    public double High { get; init; }

    /// <inheritdoc />
    public static Range Decode(ref BinaryDecoder decoder) => new()
    {
        Low = decoder.ReadDouble(),
        High = decoder.ReadDouble(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteDouble(Low);
        encoder.WriteDouble(High);
    }
}
