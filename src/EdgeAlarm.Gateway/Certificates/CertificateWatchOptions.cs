using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.Gateway.Certificates;

/// <summary>What is watched.</summary>
public sealed record CertificateWatchOptions
{
    /// <summary>Lifetime of a certificate that the gateway makes for itself: long, because each new one has to be trusted at each PLC.</summary>
    public static readonly TimeSpan OwnLife = TimeSpan.FromDays(5 * 365);

    /// <summary>The gateway's certificates.</summary>
    public required CertificateStore Store { get; init; }

    /// <summary>Where the ledger is kept.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The sources.</summary>
    public required IReadOnlyList<SourceSettings> Sources { get; init; }

    /// <summary>Whether our own certificate is renewed when a sixth of its life is left; otherwise only by command.</summary>
    public required bool RenewsOwn { get; init; }

    /// <summary>How often the ends are looked at; default hourly.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);
}
