using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>Decides whether a peer's certificate is accepted, in the order of OPC 10000-4 §6.1.3. Trust comes only from the store's folders, never
/// from the operating system.</summary>
/// <remarks>A trusted leaf is trusted by being byte for byte the file in <c>trusted/</c>. Otherwise a chain of valid signatures has to lead to a root in
/// <c>trusted/</c> or <c>issuers/</c>, with at least one of its authorities in <c>trusted/</c>, and the revocation list of each authority has to be there.</remarks>
/// <param name="store">The folders.</param>
/// <param name="time">The clock that validity is judged by.</param>
public sealed class CertificateValidator(CertificateStore store, TimeProvider time)
{
    /// <summary>Validates. A refused certificate is kept in <c>rejected/</c>.</summary>
    /// <param name="peer">What the peer sent.</param>
    /// <param name="expected">What it has to match.</param>
    /// <returns>Accepted, or the first check that failed with its words.</returns>
    public CertificateVerdict Validate(PeerCertificate peer, CertificateExpectations expected)
    {
        var (status, words) = Judge(peer, expected);
        if (status.IsGood)
        {
            return CertificateVerdict.Accepted;
        }

        var path = store.Reject(peer);
        var next = status == StatusCodes.BadCertificateUntrusted
            ? $"If its thumbprint is right, trust it: {CertificateText.TrustCommand(peer.Certificate, store.CommandOptions)} (the file is {path})."
            : $"The certificate is kept in {path}.";
        return new CertificateVerdict(status, $"{CertificateText.Name(peer.Certificate)} {words}. {next}");
    }

    /// <summary>Judges without any effect.</summary>
    /// <param name="peer">The certificate.</param>
    /// <param name="expected">What it has to match.</param>
    /// <returns>Good, or the first check that failed with the end of a sentence about the certificate, without its full stop.</returns>
    public (StatusCode Status, string Words) Judge(PeerCertificate peer, CertificateExpectations expected)
    {
        using var trust = store.LoadTrustList();
        var now = time.GetUtcNow();
        var leaf = peer.Certificate;
        if (trust.Trusts(peer.Der.Span))
        {
            var revoker = Revocation.RevokerOf(leaf, trust);
            return CertificateRules.Policy([leaf], expected) ?? CertificateRules.OfLeaf(leaf, expected, now)
                ?? (revoker is null
                    ? (StatusCodes.Good, "")
                    : (StatusCodes.BadCertificateRevoked, $"was revoked by \"{CertificateText.Readable(revoker.Subject)}\", though it is trusted: have a new one issued"));
        }

        using var chain = new CertificateChain(peer, trust, now);
        if (chain.IsBroken)
        {
            return (StatusCodes.BadCertificateInvalid, "has a wrong signature in its chain");
        }

        if (chain.IsIncomplete)
        {
            return (StatusCodes.BadCertificateChainIncomplete, "was issued by an authority that is not in the store: put the missing authority into trusted or issuers");
        }

        if (CertificateRules.Policy(chain.Elements, expected) is { } weak)
        {
            return weak;
        }

        if (!chain.LeadsTo(trust))
        {
            return (StatusCodes.BadCertificateUntrusted, "is not trusted");
        }

        return CertificateRules.OfLeaf(leaf, expected, now)
            ?? CertificateRules.OfAuthorities(chain)
            ?? Revocation.Check(chain.Elements, trust.RevocationLists, expected.AcceptsUnknownRevocation, now);
    }
}
