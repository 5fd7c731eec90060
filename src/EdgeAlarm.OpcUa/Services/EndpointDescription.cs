using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>One way of connecting to a server (OPC 10000-4 §7.14).</summary>
public sealed record EndpointDescription : IStructure<EndpointDescription>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 50;

    /// <summary>Where to connect, as the server sees itself.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Who the server is.</summary>
    public ApplicationDescription Server { get; init; } = new();

    /// <summary>Its certificate in DER, possibly with its chain behind it, or null.</summary>
    public byte[]? ServerCertificate { get; init; }

    /// <summary>How messages are protected.</summary>
    public MessageSecurityMode SecurityMode { get; init; }

    /// <summary>With which algorithms.</summary>
    public string? SecurityPolicyUri { get; init; }

    /// <summary>How users may identify themselves.</summary>
    public UserTokenPolicy[] UserIdentityTokens { get; init; } = [];

    /// <summary>The URI of UA-TCP with UA Binary, or of another transport.</summary>
    public string? TransportProfileUri { get; init; }

    /// <summary>The server's own ranking, 0 for not recommended; never a reason to choose less than what was configured.</summary>
    public byte SecurityLevel { get; init; }

    /// <inheritdoc />
    public static EndpointDescription Decode(ref BinaryDecoder decoder) => new()
    {
        EndpointUrl = decoder.ReadString(),
        Server = ApplicationDescription.Decode(ref decoder),
        ServerCertificate = decoder.ReadByteString(),
        SecurityMode = (MessageSecurityMode)decoder.ReadInt32(),
        SecurityPolicyUri = decoder.ReadString(),
        UserIdentityTokens = decoder.ReadStructures<UserTokenPolicy>(),
        TransportProfileUri = decoder.ReadString(),
        SecurityLevel = decoder.ReadByte(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteString(EndpointUrl);
        Server.Encode(encoder);
        encoder.WriteByteString(ServerCertificate);
        encoder.WriteInt32((int)SecurityMode);
        encoder.WriteString(SecurityPolicyUri);
        encoder.WriteStructures(UserIdentityTokens);
        encoder.WriteString(TransportProfileUri);
        encoder.WriteByte(SecurityLevel);
    }
}
