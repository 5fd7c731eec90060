using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Certificates;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.Certificates;

/// <summary>How the gateway's certificate is made.</summary>
internal static class OwnCertificate
{
    /// <summary>Key length where none is named.</summary>
    public const int KeyBits = 2048;

    /// <summary>Makes and stores it, under the gateway's identity and this machine's name.</summary>
    /// <exception cref="IOException">There is one already, or the folder cannot be written.</exception>
    public static ApplicationCertificate Create(GatewaySettings settings, CertificateStore store, DateTimeOffset now, int keyBits = KeyBits)
    {
        var created = ApplicationCertificate.Create(
            OpcUaPlcOptions.ApplicationUriOf(settings), $"EdgeAlarm {settings.Gateway}", [Environment.MachineName], now, CertificateWatchOptions.OwnLife, keyBits);
        store.CreateOwn(created);
        return created;
    }
}
