using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>Whether a certificate was accepted, and if not, what to do about it.</summary>
/// <param name="Status">Good, or a code of OPC 10000-4 §6.1.3. For us only: the peer is told BadSecurityChecksFailed.</param>
/// <param name="Words">One or two sentences for people, with the file and the next step; empty where accepted.</param>
public readonly record struct CertificateVerdict(StatusCode Status, string Words)
{
    /// <summary>The certificate may be used.</summary>
    public static CertificateVerdict Accepted { get; } = new(StatusCodes.Good, "");

    /// <summary>True where the certificate may be used.</summary>
    public bool IsAccepted => Status.IsGood;
}
