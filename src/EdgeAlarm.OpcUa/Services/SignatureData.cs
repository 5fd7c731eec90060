using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A signature (OPC 10000-4 §7.37).</summary>
public sealed record SignatureData : IStructure<SignatureData>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 8;

    /// <summary>The URI of the algorithm, or null without security.</summary>
    public string? Algorithm { get; init; }

    /// <summary>The signature, or null without security.</summary>
    public byte[]? Signature { get; init; }

    /// <inheritdoc />
    public static SignatureData Decode(ref BinaryDecoder decoder) => new()
    {
        Algorithm = decoder.ReadString(),
        Signature = decoder.ReadByteString(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteString(Algorithm);
        encoder.WriteByteString(Signature);
    }
}
