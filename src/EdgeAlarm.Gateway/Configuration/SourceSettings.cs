using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>A PLC as the settings name it.</summary>
public sealed record SourceSettings
{
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }

    /// <summary>The server's endpoint, <c>opc.tcp://host:port/path</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>Further servers of a redundant set, after <see cref="Url"/> in the order of preference; empty for none.</summary>
    public IReadOnlyList<Uri> OtherUrls { get; init; } = [];

    /// <summary>The counter to write to the PLC; null, the default, for none.</summary>
    public HeartbeatSettings? Heartbeat { get; init; }

    /// <summary>Security that is demanded, one of <see cref="OpcUa.Security.EndpointSecurity.All"/>; default <c>Basic256Sha256/SignAndEncrypt</c>. Never less than configured is taken.</summary>
    public required string Security { get; init; }

    /// <summary>User name; null for anonymous.</summary>
    public string? User { get; init; }

    /// <summary>File that holds the password, one line; null without a user.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>DER or PEM file of the certificate of the user who logs in; null where no user logs in by a certificate.</summary>
    public string? UserCertificateFile { get; init; }

    /// <summary>PEM file of that certificate's private key; null exactly with <see cref="UserCertificateFile"/>.</summary>
    public string? UserKeyFile { get; init; }

    /// <summary>Whether a server is accepted whose authority has no present revocation list in the store; default no.</summary>
    public bool AcceptsUnknownRevocation { get; init; }

    /// <summary>Publishing interval that is asked for; 10 ms to 1 min.</summary>
    public required TimeSpan Publishing { get; init; }

    /// <summary>Sampling interval of tags that name none; 0 (as fast as the server can) to 1 min.</summary>
    public required TimeSpan Sampling { get; init; }

    /// <summary>In which each tag is read once and compared with what was notified; 1 s to 1 h.</summary>
    public required TimeSpan Audit { get; init; }

    /// <summary>Whether its tags are read in a cycle instead of being notified by the server.</summary>
    public bool ReadsCyclically { get; init; }

    /// <summary>The server's make, a name of <see cref="ServerProfiles"/>; null to recognise it by its own description.</summary>
    public ServerProfile? Profile { get; init; }

    /// <summary>How long a break the server's queues have to ride out; queue sizes follow from it. Too short loses samples in a short cut, too long costs the PLC memory.</summary>
    public required TimeSpan RidesOut { get; init; }
}
