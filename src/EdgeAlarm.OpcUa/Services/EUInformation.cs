using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>An engineering unit (OPC 10000-8 §5.6.3).</summary>
public sealed record EUInformation : IEncodedStructure<EUInformation>
{
    /// <inheritdoc />
    public static ushort EncodingId => 889;

    /// <inheritdoc />
    public static int EncodedSizeMin => 10;

    /// <summary>Who numbers the units; the UNECE list by default.</summary>
    public string? NamespaceUri { get; init; }

    /// <summary>The number, -1 for none.</summary>
    public int UnitId { get; init; }

    /// <summary>Such as °C.</summary>
    public LocalizedText DisplayName { get; init; }

    /// <summary>Such as degree Celsius.</summary>
    public LocalizedText Description { get; init; }

    /// <inheritdoc />
    public static EUInformation Decode(ref BinaryDecoder decoder) => new()
    {
        NamespaceUri = decoder.ReadString(),
        UnitId = decoder.ReadInt32(),
        DisplayName = decoder.ReadLocalizedText(),
        Description = decoder.ReadLocalizedText(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteString(NamespaceUri);
        encoder.WriteInt32(UnitId);
        encoder.WriteLocalizedText(DisplayName);
        encoder.WriteLocalizedText(Description);
    }
}
