using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>Where a secure channel leads and how it is secured.</summary>
/// <param name="Url">The server's URL.</param>
/// <param name="Policy">Security policy.</param>
/// <param name="Mode">Message security mode.</param>
/// <param name="Own">Our certificate; null with <see cref="SecurityPolicy.None"/>.</param>
/// <param name="Server">The server's certificate, validated; null with <see cref="SecurityPolicy.None"/>.</param>
internal sealed record ChannelTarget(Uri Url, SecurityPolicy Policy, MessageSecurityMode Mode, ApplicationCertificate? Own, PeerCertificate? Server);
