using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A user with a certificate (OPC 10000-4 §7.41.5).</summary>
public sealed record X509IdentityToken : IEncodedStructure<X509IdentityToken>
{
    /// <inheritdoc />
    public static ushort EncodingId => 327;

    /// <inheritdoc />
    public static int EncodedSizeMin => 8;

    /// <summary>The policy of the endpoint that asks for it.</summary>
    public string? PolicyId { get; init; }

    /// <summary>The user's certificate in DER.</summary>
    public byte[]? CertificateData { get; init; }

    /// <inheritdoc />
    public static X509IdentityToken Decode(ref BinaryDecoder decoder) => new()
    {
        PolicyId = decoder.ReadString(),
        CertificateData = decoder.ReadByteString(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteString(PolicyId);
        encoder.WriteByteString(CertificateData);
    }
}
