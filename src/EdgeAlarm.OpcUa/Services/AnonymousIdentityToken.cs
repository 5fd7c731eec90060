using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>No user (OPC 10000-4 §7.41.3).</summary>
public sealed record AnonymousIdentityToken : IEncodedStructure<AnonymousIdentityToken>
{
    /// <inheritdoc />
    public static ushort EncodingId => 321;

    /// <inheritdoc />
    public static int EncodedSizeMin => 4;

    /// <summary>The policy of the endpoint that allows it.</summary>
    public string? PolicyId { get; init; }

    /// <inheritdoc />
    public static AnonymousIdentityToken Decode(ref BinaryDecoder decoder) => new()
    {
        PolicyId = decoder.ReadString(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder) => encoder.WriteString(PolicyId);
}
