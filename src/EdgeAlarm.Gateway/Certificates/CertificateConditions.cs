namespace EdgeAlarm.Gateway.Certificates;

/// <summary>Names of the system conditions about certificates; each is raised again where its stage changes.</summary>
public static class CertificateConditions
{
    /// <summary>Our own certificate ends or has ended.</summary>
    public const string Own = "SYS_CERTIFICATE_OWN";

    private const string Prefix = "SYS_CERTIFICATE_";
    private const string IssuerPrefix = "SYS_CERTIFICATE_ISSUER.";

    /// <summary>The certificate of a source's server ends or has ended.</summary>
    public static string Server(string source) => $"SYS_CERTIFICATE_SERVER.{source}";

    /// <summary>The certificate of the user who logs in at a source ends or has ended.</summary>
    public static string User(string source) => $"SYS_CERTIFICATE_USER.{source}";

    /// <summary>The certificate of an authority in the store ends or has ended.</summary>
    public static string Issuer(string thumbprint) => $"{IssuerPrefix}{thumbprint[..12]}";

    internal static bool IsOne(string condition) => condition.StartsWith(Prefix, StringComparison.Ordinal);

    internal static bool IsIssuer(string condition) => condition.StartsWith(IssuerPrefix, StringComparison.Ordinal);

    /// <summary>A source does not trust our renewed certificate yet; it is served with the one of before, as long as that counts.</summary>
    public static string NotTrusted(string source) => $"SYS_CERTIFICATE_NOT_TRUSTED.{source}";

    /// <summary>A source's server came with another certificate than before; raised and cleared at once, for the record.</summary>
    public static string Changed(string source) => $"SYS_CERTIFICATE_CHANGED.{source}";
}
