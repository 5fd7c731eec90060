using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A software certificate; unused today, kept because it stands in the session messages (OPC 10000-4 §7.38).</summary>
public sealed record SignedSoftwareCertificate : IStructure<SignedSoftwareCertificate>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 8;

    /// <summary>The certificate.</summary>
    public byte[]? CertificateData { get; init; }

    /// <summary>Its signature.</summary>
    public byte[]? Signature { get; init; }

    /// <inheritdoc />
    public static SignedSoftwareCertificate Decode(ref BinaryDecoder decoder) => new()
    {
        CertificateData = decoder.ReadByteString(),
        Signature = decoder.ReadByteString(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteByteString(CertificateData);
        encoder.WriteByteString(Signature);
    }
}
