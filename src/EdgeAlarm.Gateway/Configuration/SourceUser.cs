using System.Security.Cryptography;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>The user who logs in at a source, with the secret in the files that the settings name.</summary>
public static class SourceUser
{
    /// <summary>What is wrong with the files of a user's certificate and key, with the next step; null if nothing is.</summary>
    internal static string? Fault(string certificateFile, string keyFile)
    {
        try
        {
            using var user = CertificateFiles.Load(certificateFile, keyFile);
            var allowed = EndpointSecurity.Default.Policy;
            return user.KeyBits >= allowed.KeyBitsMin && user.KeyBits <= allowed.KeyBitsMax
                ? null
                : $"its key has {user.KeyBits} bits; servers take RSA of {allowed.KeyBitsMin} to {allowed.KeyBitsMax}. Have one issued with such a key.";
        }
        catch (CryptographicException unusable)
        {
            return unusable.Message;
        }
    }

    /// <summary>Who logs in: the user of the settings, with the secret read from its file, or anonymous.</summary>
    /// <exception cref="IOException">The password cannot be read.</exception>
    /// <exception cref="CryptographicException">The certificate or its key cannot be read.</exception>
    public static UserIdentity Read(SourceSettings source) => source switch
    {
        { UserCertificateFile: { } certificate, UserKeyFile: { } key } => UserIdentity.WithCertificate(CertificateFiles.Load(certificate, key)),
        { User: { } user, PasswordFile: { } password } => UserIdentity.Named(user, SecretFile.Read(password)),
        _ => UserIdentity.Anonymous,
    };

    /// <summary>A number that changes when one of the files of the secret is written, added or removed.</summary>
    internal static int Stamp(SourceSettings source)
    {
        var stamp = new HashCode();
        foreach (var path in new[] { source.PasswordFile, source.UserCertificateFile, source.UserKeyFile }.OfType<string>())
        {
            // of a file that is not there both say so
            var file = new FileInfo(path);
            stamp.Add(file.Exists ? file.LastWriteTimeUtc : default);
            stamp.Add(file.Exists ? file.Length : 0);
            stamp.Add(!OperatingSystem.IsWindows() && file.Exists ? file.UnixFileMode : UnixFileMode.None);
        }

        return stamp.ToHashCode();
    }
}
