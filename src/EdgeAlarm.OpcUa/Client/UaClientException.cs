using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>An operating error of the client: what failed, with the server's code and words for people that name the thing and the next step.</summary>
/// <param name="failure">What kind of thing failed.</param>
/// <param name="status">The server's code, or the code that fits best.</param>
/// <param name="message">Words for people. Never holds a secret.</param>
/// <param name="cause">What was underneath.</param>
public sealed class UaClientException(UaFailure failure, StatusCode status, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What kind of thing failed.</summary>
    public UaFailure Failure { get; } = failure;

    /// <summary>The server's code, or the code that fits best.</summary>
    public StatusCode Status { get; } = status;

    /// <summary>Whether it may pass by itself; otherwise people have to act and attempts have to be rare.</summary>
    public bool IsTransient => Failure switch
    {
        UaFailure.Transport or UaFailure.Timeout or UaFailure.Protocol or UaFailure.Service or UaFailure.Session => true,
        UaFailure.Security or UaFailure.Identity or UaFailure.Endpoint => false,
    };

    /// <summary>A bad answer of the server.</summary>
    /// <param name="status">Its code.</param>
    /// <param name="what">What was asked, as in "CreateSession".</param>
    /// <param name="words">The server's own words, if it gave any.</param>
    public static UaClientException Answered(StatusCode status, string what, string? words = null)
    {
        var said = string.IsNullOrEmpty(words) ? "" : $": \"{Printable(words)}\"";
        return new(FailureOf(status), status, $"the server answered {what} with {status}{said}");
    }

    /// <summary>What kind of failure a server's code is.</summary>
    public static UaFailure FailureOf(StatusCode status)
    {
        var code = status.WithoutInfoBits;
        return code switch
        {
            _ when Security.Contains(code) => UaFailure.Security,
            _ when Identity.Contains(code) => UaFailure.Identity,
            _ when Session.Contains(code) => UaFailure.Session,
            _ when code == StatusCodes.BadTimeout || code == StatusCodes.BadRequestTimeout => UaFailure.Timeout,
            _ => UaFailure.Service,
        };
    }

    private static readonly HashSet<StatusCode> Session =
    [
        StatusCodes.BadSessionIdInvalid, StatusCodes.BadSessionClosed, StatusCodes.BadSessionNotActivated,
    ];

    private static readonly HashSet<StatusCode> Identity =
    [
        StatusCodes.BadIdentityTokenInvalid, StatusCodes.BadIdentityTokenRejected, StatusCodes.BadUserAccessDenied, StatusCodes.BadUserSignatureInvalid,
    ];

    private static readonly HashSet<StatusCode> Security =
    [
        StatusCodes.BadSecurityChecksFailed, StatusCodes.BadCertificateInvalid, StatusCodes.BadCertificateChainIncomplete, StatusCodes.BadCertificatePolicyCheckFailed,
        StatusCodes.BadCertificateUntrusted, StatusCodes.BadCertificateTimeInvalid, StatusCodes.BadCertificateIssuerTimeInvalid, StatusCodes.BadCertificateHostNameInvalid,
        StatusCodes.BadCertificateUriInvalid, StatusCodes.BadCertificateUseNotAllowed, StatusCodes.BadCertificateIssuerUseNotAllowed,
        StatusCodes.BadCertificateRevocationUnknown, StatusCodes.BadCertificateIssuerRevocationUnknown, StatusCodes.BadCertificateRevoked,
        StatusCodes.BadCertificateIssuerRevoked, StatusCodes.BadSecurityModeRejected, StatusCodes.BadSecurityPolicyRejected,
        StatusCodes.BadApplicationSignatureInvalid, StatusCodes.BadNonceInvalid,
    ];

    /// <summary>Foreign text without control characters, at most 200 characters: it goes into logs.</summary>
    internal static string Printable(string words) =>
        string.Concat(words.Take(200).Select(character => char.IsControl(character) ? ' ' : character));
}
