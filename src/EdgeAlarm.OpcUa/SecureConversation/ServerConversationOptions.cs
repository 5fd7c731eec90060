using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.SecureConversation;

/// <summary>What a server accepts on its channels.</summary>
public sealed record ServerConversationOptions
{
    /// <summary>Combinations offered. With (None, None) among them anybody can open a channel; discovery needs that, and whoever serves
    /// the channel has to refuse sessions on it where they are not wanted.</summary>
    public required IReadOnlyList<(SecurityPolicy Policy, MessageSecurityMode Mode)> Endpoints { get; init; }

    /// <summary>The server's certificate; without it only None can be offered.</summary>
    public ApplicationCertificate? Own { get; init; }

    /// <summary>Judges a client's certificate before any operation with our key. The default refuses everybody.</summary>
    public Func<PeerCertificate, SecurityPolicy, CertificateVerdict> Validate { get; init; } =
        static (_, _) => new CertificateVerdict(BuiltInTypes.StatusCodes.BadCertificateUntrusted, "No validator was given.");
}
