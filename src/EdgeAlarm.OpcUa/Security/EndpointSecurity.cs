using System.Diagnostics.CodeAnalysis;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>Policy and mode of an endpoint as people write them: <c>None</c>, or <c>policy/mode</c> as in <c>Basic256Sha256/SignAndEncrypt</c>.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Mode">A mode that the policy allows.</param>
public sealed record EndpointSecurity(SecurityPolicy Policy, MessageSecurityMode Mode)
{
    /// <summary>Every combination that may be configured: of each policy of <see cref="SecurityPolicy.All"/> SignAndEncrypt and Sign, and None last.</summary>
    public static IReadOnlyList<EndpointSecurity> All { get; } =
    [
        .. from policy in SecurityPolicy.All
           from mode in new[] { MessageSecurityMode.SignAndEncrypt, MessageSecurityMode.Sign, MessageSecurityMode.None }
           where policy.Allows(mode)
           orderby policy.IsSecured descending
           select new EndpointSecurity(policy, mode),
    ];

    /// <summary>What holds where nothing is configured: the one that practically every PLC offers.</summary>
    public static EndpointSecurity Default => All[0];

    /// <summary>Finds a combination by its name.</summary>
    /// <param name="name">As <see cref="ToString"/> writes it; anything is allowed.</param>
    /// <param name="security">The combination.</param>
    /// <returns>False for a name that is none of <see cref="All"/>.</returns>
    public static bool TryFind(string? name, [NotNullWhen(true)] out EndpointSecurity? security)
    {
        security = All.FirstOrDefault(known => string.Equals(known.ToString(), name, StringComparison.Ordinal));
        return security is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Policy.IsSecured ? $"{Policy}/{Mode}" : Policy.Name;
}
