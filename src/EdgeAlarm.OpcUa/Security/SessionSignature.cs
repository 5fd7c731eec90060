using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>The signatures with which both sides prove their private key at CreateSession and ActivateSession: over the other side's leaf
/// certificate and its last nonce. OPC 10000-4 §5.7.2, §5.7.3; the form of the RSA policies.</summary>
public static class SessionSignature
{
    /// <summary>Signs.</summary>
    /// <param name="policy">The channel's policy.</param>
    /// <param name="own">Our key; may be null only with the policy None.</param>
    /// <param name="peer">The other side's certificate; of a chain only the leaf is signed. May be null only with the policy None.</param>
    /// <param name="peerNonce">The nonce it sent last: for ActivateSession the one of the previous ActivateSession response.</param>
    /// <returns>Algorithm and signature; both null for the policy None.</returns>
    public static SignatureData Sign(
        SecurityPolicy policy, ApplicationCertificate? own, PeerCertificate? peer, ReadOnlySpan<byte> peerNonce)
    {
        if (!policy.IsSecured)
        {
            return new SignatureData();
        }

        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(peer);
        var signature = new byte[own.KeyBytes];
        own.Sign(policy, [.. peer.Der.Span, .. peerNonce], signature);
        return new SignatureData { Algorithm = policy.AsymmetricSignatureUri, Signature = signature };
    }

    /// <summary>Verifies the other side's signature.</summary>
    /// <param name="policy">The channel's policy.</param>
    /// <param name="peer">The certificate that secured the channel.</param>
    /// <param name="own">Our certificate, as we sent it.</param>
    /// <param name="ownNonce">The nonce we sent last.</param>
    /// <param name="signature">What it sent.</param>
    /// <returns>True for the policy None, which has no signature; otherwise only for a right signature by the policy's own algorithm.
    /// False is BadApplicationSignatureInvalid.</returns>
    public static bool Verify(
        SecurityPolicy policy,
        PeerCertificate? peer,
        ApplicationCertificate? own,
        ReadOnlySpan<byte> ownNonce,
        SignatureData signature)
    {
        if (!policy.IsSecured)
        {
            return true;
        }

        return peer is not null
            && own is not null
            && string.Equals(signature.Algorithm, policy.AsymmetricSignatureUri, StringComparison.Ordinal)
            && peer.Verify(policy, [.. own.Der.Span, .. ownNonce], signature.Signature);
    }
}
