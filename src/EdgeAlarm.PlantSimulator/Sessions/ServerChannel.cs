using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.PlantSimulator.Sessions;

/// <summary>What the services know of the SecureChannel on which a request came.</summary>
/// <param name="Id">SecureChannelId, unique in this server.</param>
/// <param name="Policy">Its security policy.</param>
/// <param name="Mode">Its security mode.</param>
/// <param name="Client">The client's certificate; null with the policy None.</param>
internal sealed record ServerChannel(uint Id, SecurityPolicy Policy, MessageSecurityMode Mode, PeerCertificate? Client);
