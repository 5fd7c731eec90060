using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Who a client or server is (OPC 10000-4 §7.2).</summary>
public sealed record ApplicationDescription : IStructure<ApplicationDescription>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 25;

    /// <summary>The globally unique name of the installation; equals the URI in its certificate.</summary>
    public string? ApplicationUri { get; init; }

    /// <summary>The name of the product.</summary>
    public string? ProductUri { get; init; }

    /// <summary>The name for people.</summary>
    public LocalizedText ApplicationName { get; init; }

    /// <summary>Server, client or both.</summary>
    public ApplicationType ApplicationType { get; init; }

    /// <summary>The gateway through which the server is reached, or null.</summary>
    public string? GatewayServerUri { get; init; }

    /// <summary>Null; set for special discovery URLs only.</summary>
    public string? DiscoveryProfileUri { get; init; }

    /// <summary>URLs of the server's discovery endpoints.</summary>
    public string?[] DiscoveryUrls { get; init; } = [];

    /// <inheritdoc />
    public static ApplicationDescription Decode(ref BinaryDecoder decoder) => new()
    {
        ApplicationUri = decoder.ReadString(),
        ProductUri = decoder.ReadString(),
        ApplicationName = decoder.ReadLocalizedText(),
        ApplicationType = (ApplicationType)decoder.ReadInt32(),
        GatewayServerUri = decoder.ReadString(),
        DiscoveryProfileUri = decoder.ReadString(),
        DiscoveryUrls = decoder.ReadStrings(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteString(ApplicationUri);
        encoder.WriteString(ProductUri);
        encoder.WriteLocalizedText(ApplicationName);
        encoder.WriteInt32((int)ApplicationType);
        encoder.WriteString(GatewayServerUri);
        encoder.WriteString(DiscoveryProfileUri);
        encoder.WriteStrings(DiscoveryUrls);
    }
}
