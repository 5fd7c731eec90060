namespace EdgeAlarm.OpcUa.Security;

/// <summary>What a peer shows its certificate for; each use has its own key usages. OPC 10000-6 §6.2.2.</summary>
public enum CertificateUse
{
    /// <summary>As a server: signs and decrypts, and where extended key usages are named, serverAuth is among them.</summary>
    Server,

    /// <summary>As a client: signs and decrypts, and where extended key usages are named, clientAuth is among them.</summary>
    Client,

    /// <summary>As a user who logs in: signs.</summary>
    User,
}
