using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>A user with a password (OPC 10000-4 §7.41.4).</summary>
public sealed record UserNameIdentityToken : IEncodedStructure<UserNameIdentityToken>
{
    /// <inheritdoc />
    public static ushort EncodingId => 324;

    /// <inheritdoc />
    public static int EncodedSizeMin => 16;

    /// <summary>The policy of the endpoint that asks for it.</summary>
    public string? PolicyId { get; init; }

    /// <summary>The name.</summary>
    public string? UserName { get; init; }

    /// <summary>The password, encrypted as EncryptionAlgorithm says. Never log it.</summary>
    public byte[]? Password { get; init; }

    /// <summary>The URI of the encryption; null or empty where the password is plain UTF-8.</summary>
    public string? EncryptionAlgorithm { get; init; }

    /// <inheritdoc />
    public static UserNameIdentityToken Decode(ref BinaryDecoder decoder) => new()
    {
        PolicyId = decoder.ReadString(),
        UserName = decoder.ReadString(),
        Password = decoder.ReadByteString(),
        EncryptionAlgorithm = decoder.ReadString(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteString(PolicyId);
        encoder.WriteString(UserName);
        encoder.WriteByteString(Password);
        encoder.WriteString(EncryptionAlgorithm);
    }

    /// <summary>Policy and user alone: the password must not reach a log by accident.</summary>
    public override string ToString() => $"user {UserName} by policy {PolicyId}";
}
