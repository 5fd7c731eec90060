using System.Net;
using EdgeAlarm.PlantSimulator.Scenarios;
using EdgeAlarm.PlantSimulator.Server;

namespace EdgeAlarm.PlantSimulator;

/// <summary>What is simulated, and how it can be reached.</summary>
public sealed record PlantServerOptions
{
    /// <summary>The address to listen on; default loopback. Any other opens the simulator to the network.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; default 4840. 0 takes a free one, see <see cref="PlantServer.EndpointUrl"/>.</summary>
    public int Port { get; init; } = 4840;

    /// <summary>The host in the endpoint URL and in the certificate; default 127.0.0.1.</summary>
    public string HostName { get; init; } = "127.0.0.1";

    /// <summary>
    /// Folder of the certificate store (own/ trusted/ issuers/ rejected/); a certificate is made there where there is none.
    /// <see langword="null"/>, the default, offers no security, which needs <see cref="AllowsNone"/>.
    /// </summary>
    public string? CertificateFolder { get; init; }

    /// <summary>Lets every client in that has a valid certificate, trusted or not; default no. For demos and tests.</summary>
    public bool AcceptsUnknownClients { get; init; }

    /// <summary>Offers sessions without security; default no.</summary>
    public bool AllowsNone { get; init; }

    /// <summary>Lets clients in without a user name; default no.</summary>
    public bool AllowsAnonymous { get; init; }

    /// <summary>User names and passwords; default none.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Folder of a certificate store of users: whoever proves the key of a certificate that its trusted/ folder holds, or that a trusted authority of it issued, is
    /// let in. Needs a <see cref="CertificateFolder"/>; <see langword="null"/>, the default, lets in no such user.
    /// </summary>
    public string? UserCertificateFolder { get; init; }

    /// <summary>The name under which scenarios know this PLC; default PLC1.</summary>
    public string Source { get; init; } = "PLC1";

    /// <summary>The scenario to play; <see langword="null"/> leaves the plant to its process.</summary>
    public Scenario? Scenario { get; init; }

    /// <summary>How much faster than written the scenario is played, 0.01..1000; default 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Number of load tags beside the tank farm, 0..100,000; default none.</summary>
    public int LoadTags { get; init; }

    /// <summary>Time between two changes of every load tag, 10 ms..1 h; default 100 ms.</summary>
    public TimeSpan LoadInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Path of the value log, the ground truth of what was set; replaced at start; <see langword="null"/> writes none. UTF-8 CSV with the
    /// header <c>ticks,tag,value,status</c>: .NET UTC ticks of the SourceTimestamp; the tag; the value with a decimal point, booleans as 1
    /// and 0; the status as <c>0x00000000</c>. One line for each write of a register, in that order; what is frozen or muted is not
    /// written. Lines are in the file at most 100 ms later, and all at the end of <see cref="PlantServer.RunAsync"/>.
    /// </summary>
    public string? ValueLog { get; init; }

    /// <summary>What the server revises and refuses.</summary>
    public PlantServerLimits Limits { get; init; } = new();
}
