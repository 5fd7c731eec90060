using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>What software a server runs (OPC 10000-5 §12.4).</summary>
public sealed record BuildInfo : IEncodedStructure<BuildInfo>
{
    /// <inheritdoc />
    public static ushort EncodingId => 340;

    /// <inheritdoc />
    public static int EncodedSizeMin => 28;

    /// <summary>The product.</summary>
    public string? ProductUri { get; init; }

    /// <summary>Who made it.</summary>
    public string? ManufacturerName { get; init; }

    /// <summary>Its name.</summary>
    public string? ProductName { get; init; }

    /// <summary>Its version.</summary>
    public string? SoftwareVersion { get; init; }

    /// <summary>Its build.</summary>
    public string? BuildNumber { get; init; }

    /// <summary>When it was built: 100 ns ticks of UTC since year 1, 0 for none.</summary>
    public long BuildDateTicks { get; init; }

    /// <inheritdoc />
    public static BuildInfo Decode(ref BinaryDecoder decoder) => new()
    {
        ProductUri = decoder.ReadString(),
        ManufacturerName = decoder.ReadString(),
        ProductName = decoder.ReadString(),
        SoftwareVersion = decoder.ReadString(),
        BuildNumber = decoder.ReadString(),
        BuildDateTicks = decoder.ReadDateTimeTicks(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteString(ProductUri);
        encoder.WriteString(ManufacturerName);
        encoder.WriteString(ProductName);
        encoder.WriteString(SoftwareVersion);
        encoder.WriteString(BuildNumber);
        encoder.WriteDateTimeTicks(BuildDateTicks);
    }
}
