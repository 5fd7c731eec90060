using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>Who logs in. Never prints the password.</summary>
public sealed class UserIdentity
{
    private UserIdentity(UserTokenType type, string? name = null, string? password = null, ApplicationCertificate? certificate = null) =>
        (TokenType, Name, Password, Certificate) = (type, name, password, certificate);

    /// <summary>Nobody in particular.</summary>
    public static UserIdentity Anonymous { get; } = new(UserTokenType.Anonymous);

    /// <summary>The kind of token that is sent.</summary>
    public UserTokenType TokenType { get; }

    /// <summary>The user's name; null unless <see cref="Named"/>.</summary>
    public string? Name { get; }

    /// <summary>The user's certificate and key; null unless <see cref="WithCertificate"/>.</summary>
    public ApplicationCertificate? Certificate { get; }

    internal string? Password { get; }

    /// <summary>A user with a password.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="password">May be empty.</param>
    public static UserIdentity Named(string name, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(UserTokenType.UserName, name, password);
    }

    /// <summary>A user with a certificate (OPC 10000-4 §7.41.4); the server is given a signature by its key, never the key.</summary>
    /// <param name="certificate">Lent for the life of this object.</param>
    public static UserIdentity WithCertificate(ApplicationCertificate certificate) => new(UserTokenType.Certificate, certificate: certificate);

    /// <summary>The name, the subject and thumbprint of the certificate, or "anonymous".</summary>
    public override string ToString() => Certificate is { } user
        ? $"the holder of the certificate \"{user.Certificate.Subject}\" (SHA-1 {user.Certificate.Thumbprint})"
        : Name ?? "anonymous";
}
