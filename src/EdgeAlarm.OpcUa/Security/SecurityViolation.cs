using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>The peer broke a rule of security, or somebody changed its bytes: the channel has to be closed. Nothing of the
/// message was used. Like <see cref="BinaryEncoding.ProtocolViolation"/> it is raised by foreign bytes only.</summary>
/// <remarks>A failed decryption, a wrong signature and a wrong padding are one and the same violation with the same words,
/// because a peer that can tell them apart has a padding oracle. OPC 10000-6 §6.7.6.</remarks>
/// <param name="status">What happened, for the local log.</param>
/// <param name="message">What happened, in words for people; never a secret.</param>
public sealed class SecurityViolation(StatusCode status, string message) : Exception($"{message} ({status})")
{
    /// <summary>What happened, for the local log and for the decision how soon to try again.</summary>
    public StatusCode Status { get; } = status;

    /// <summary>What the peer may be told in an Error message. Whatever concerns keys, certificates and signatures is only
    /// BadSecurityChecksFailed; the rest is the <see cref="Status"/> itself. OPC 10000-4 §6.1.3.</summary>
    public StatusCode StatusForPeer =>
        Status == StatusCodes.BadSequenceNumberInvalid
        || Status == StatusCodes.BadSecureChannelTokenUnknown
        || Status == StatusCodes.BadSecureChannelIdInvalid
        || Status == StatusCodes.BadSecureChannelClosed
        || Status == StatusCodes.BadSecurityPolicyRejected
        || Status == StatusCodes.BadSecurityModeRejected
        || Status == StatusCodes.BadNonceInvalid
            ? Status
            : StatusCodes.BadSecurityChecksFailed;

    /// <summary>The one violation for every failure of cryptography.</summary>
    /// <returns>Always the same code and words.</returns>
    internal static SecurityViolation ChecksFailed() =>
        new(StatusCodes.BadSecurityChecksFailed, "A message could not be verified: it was changed on its way or secured with other keys");
}
