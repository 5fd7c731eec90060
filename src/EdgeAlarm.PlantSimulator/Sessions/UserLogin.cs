using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.Server;

namespace EdgeAlarm.PlantSimulator.Sessions;

/// <summary>Finds out who activates a session (OPC 10000-4 §5.7.3, §7.41).</summary>
internal sealed class UserLogin(ServerIdentity identity)
{
    /// <summary>The name of the user; <see langword="null"/> for anonymous.</summary>
    /// <exception cref="ServiceRefusal">Nobody who is let in.</exception>
    internal string? UserOf(ServerSession session, ServerChannel channel, ActivateSessionRequest request)
    {
        var token = request.UserIdentityToken;
        if (token.IsNull || token.Holds<AnonymousIdentityToken>())
        {
            return identity.AllowsAnonymous ? null : throw new ServiceRefusal(StatusCodes.BadIdentityTokenRejected);
        }

        var policy = identity.TokenPolicy(channel.Policy);
        if (token.TryDecode<X509IdentityToken>(DecodingLimits.Default, out var holder))
        {
            return HolderOf(holder, policy, session, request.UserTokenSignature);
        }

        if (!token.TryDecode<UserNameIdentityToken>(DecodingLimits.Default, out var user)
            || !PasswordSecret.TryDecrypt(policy, identity.Own, user.EncryptionAlgorithm, user.Password, session.ServerNonce, out var password))
        {
            throw new ServiceRefusal(StatusCodes.BadIdentityTokenInvalid);
        }

        return identity.Knows(user.UserName, password) ? user.UserName : throw new ServiceRefusal(StatusCodes.BadUserAccessDenied);
    }

    private string HolderOf(X509IdentityToken token, SecurityPolicy policy, ServerSession session, SignatureData signature)
    {
        if (identity.UserCertificates is not { } validator || !policy.IsSecured)
        {
            throw new ServiceRefusal(StatusCodes.BadIdentityTokenInvalid);
        }

        try
        {
            using var user = PeerCertificate.Parse(token.CertificateData);
            if (!SessionSignature.Verify(policy, user, identity.Own, session.ServerNonce, signature))
            {
                throw new ServiceRefusal(StatusCodes.BadUserSignatureInvalid);
            }

            return validator.Validate(user, new CertificateExpectations { Policy = policy, Use = CertificateUse.User }).IsAccepted
                ? user.Certificate.Thumbprint
                : throw new ServiceRefusal(StatusCodes.BadIdentityTokenRejected);
        }
        catch (SecurityViolation)
        {
            throw new ServiceRefusal(StatusCodes.BadIdentityTokenInvalid);
        }
    }
}
