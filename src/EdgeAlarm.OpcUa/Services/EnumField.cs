using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A value of an enumeration, or a bit of an option set (OPC 10000-3 §8.52).</summary>
public sealed record EnumField : IStructure<EnumField>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 14;

    /// <summary>The value; of an option set the number of the bit.</summary>
    public long Value { get; init; }

    /// <summary>Its name for people.</summary>
    public LocalizedText DisplayName { get; init; }

    /// <summary>What it means.</summary>
    public LocalizedText Description { get; init; }

    /// <summary>Its name for programs, unique within the enumeration.</summary>
    public string? Name { get; init; }

    /// <inheritdoc />
    public static EnumField Decode(ref BinaryDecoder decoder) => new()
    {
        Value = decoder.ReadInt64(),
        DisplayName = decoder.ReadLocalizedText(),
        Description = decoder.ReadLocalizedText(),
        Name = decoder.ReadString(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteInt64(Value);
        encoder.WriteLocalizedText(DisplayName);
        encoder.WriteLocalizedText(Description);
        encoder.WriteString(Name);
    }
}
