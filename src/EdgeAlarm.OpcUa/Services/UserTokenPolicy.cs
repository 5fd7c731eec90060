using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>One way in which an endpoint lets users identify themselves (OPC 10000-4 §7.42).</summary>
public sealed record UserTokenPolicy : IStructure<UserTokenPolicy>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 20;

    /// <summary>The server's name for this policy; identity tokens repeat it.</summary>
    public string? PolicyId { get; init; }

    /// <summary>The kind of token.</summary>
    public UserTokenType TokenType { get; init; }

    /// <summary>The kind of an issued token, else null.</summary>
    public string? IssuedTokenType { get; init; }

    /// <summary>Where an issued token is had, else null.</summary>
    public string? IssuerEndpointUrl { get; init; }

    /// <summary>The policy that protects the token; null or empty: the endpoint's own.</summary>
    public string? SecurityPolicyUri { get; init; }

    /// <inheritdoc />
    public static UserTokenPolicy Decode(ref BinaryDecoder decoder) => new()
    {
        PolicyId = decoder.ReadString(),
        TokenType = (UserTokenType)decoder.ReadInt32(),
        IssuedTokenType = decoder.ReadString(),
        IssuerEndpointUrl = decoder.ReadString(),
        SecurityPolicyUri = decoder.ReadString(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteString(PolicyId);
        encoder.WriteInt32((int)TokenType);
        encoder.WriteString(IssuedTokenType);
        encoder.WriteString(IssuerEndpointUrl);
        encoder.WriteString(SecurityPolicyUri);
    }
}
