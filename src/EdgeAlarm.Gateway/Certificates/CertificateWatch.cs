using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Certificates;

/// <summary>
/// Watches over the certificates that the gateway depends on: its own, those of its users, of the servers and of their authorities. It renews its own in time, and
/// tells people 90, 30 and 7 days before another one ends, and when it has ended (F-50).
/// </summary>
/// <param name="options">What is watched.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where to log.</param>
/// <param name="report">Takes name, active and detail of a system condition; never blocks.</param>
public sealed class CertificateWatch(CertificateWatchOptions options, TimeProvider time, ILogger<CertificateWatch> logger, Action<string, bool, string> report)
{
    private readonly CertificateLedger _ledger = CertificateLedgerFile.Read(options.DataFolder);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private bool _isRenewalFailing;
    private bool _isOwnDamaged;
    private bool _isLedgerFailing;

    /// <summary>Looks at once and then again and again until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Every, time);
        do
        {
            LookOnce();
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Renews what is due and tells what is new.</summary>
    public void LookOnce()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var watched = new List<WatchedCertificate>();
            if (Own(now) is { } own)
            {
                watched.Add(own);
            }

            var servers = options.Sources.SelectMany(ServersOf).ToArray();
            watched.AddRange(servers.Where(_ledger.Servers.ContainsKey).Select(server => Server(server, _ledger.Servers[server])));
            watched.AddRange(options.Sources.Select(UserOf_NeedsLock).OfType<WatchedCertificate>());
            watched.AddRange(Authorities_NeedsLock(options.Store.TrustedFolder));
            watched.AddRange(Authorities_NeedsLock(options.Store.IssuersFolder));
            foreach (var certificate in watched)
            {
                Tell_NeedsLock(certificate.Condition, CertificateLedger.StateOf(certificate, now), CertificateExpiry.Words(certificate, now));
            }

            var present = watched.Select(certificate => certificate.Condition).Concat(servers.Select(CertificateConditions.NotTrusted)).ToHashSet(StringComparer.Ordinal);
            foreach (var gone in _ledger.Told.Keys.Where(name => !present.Contains(name) && !IsUnreadable_NeedsLock(name)).ToArray())
            {
                Tell_NeedsLock(gone, null, "this certificate is not used any more");
            }

            Save_NeedsLock();
        }
    }

    /// <summary>A session was made: the server's certificate is known, and whether it took our renewed one.</summary>
    /// <param name="name">Name of the source.</param>
    /// <param name="session">The certificates of both sides.</param>
    public void SessionMade(string name, SessionCertificates session)
    {
        lock (_gate)
        {
            // each server of a redundant set has a certificate of its own
            var isFirst = options.Sources.All(settings => !settings.OtherUrls.Contains(session.EndpointUrl) || !string.Equals(settings.Name, name, StringComparison.Ordinal));
            var source = isFirst ? name : ServerOf(name, session.EndpointUrl);
            var seen = new SeenServer(CertificateText.Readable(session.ServerSubject), session.ServerThumbprint, session.ServerEnd);
            if (_ledger.Saw(source, seen) is { } before)
            {
                var detail = $"{source} has another server certificate than before: SHA-1 {before.Thumbprint} was \"{before.Subject}\", SHA-1 {seen.Thumbprint} is \"{seen.Subject}\". It is trusted; if nobody renewed it, find out who did";
                logger.Changed(CertificateConditions.Changed(source), detail);
                report(CertificateConditions.Changed(source), true, detail);
                report(CertificateConditions.Changed(source), false, detail);
            }

            var server = Server(source, seen);
            var now = time.GetUtcNow();
            Tell_NeedsLock(server.Condition, CertificateLedger.StateOf(server, now), CertificateExpiry.Words(server, now));
            Tell_NeedsLock(
                CertificateConditions.NotTrusted(source),
                session.IsOwnPrevious ? session.OwnThumbprint : null,
                $"{source} does not trust the gateway's renewed certificate and was shown the one of before (SHA-1 {session.OwnThumbprint}), which ends on {session.OwnEnd:u}: "
                + $"trust {Path.Combine(options.Store.OwnFolder, "certificate.der")} at the server");
            Save_NeedsLock();
        }
    }

    private static IEnumerable<string> ServersOf(Configuration.SourceSettings source) => source.OtherUrls.Select(url => ServerOf(source.Name, url)).Prepend(source.Name);

    private static string ServerOf(string source, Uri url) => $"{source}@{url.Authority}";

    private static WatchedCertificate Server(string source, SeenServer server) => new(
        CertificateConditions.Server(source), $"The server certificate of {source}", server.Subject, server.Thumbprint, server.End,
        "renew it at the server; if it is not issued by an authority that is trusted here, trust the new one with 'edgealarm certs trust'");

    private WatchedCertificate? Own(DateTimeOffset now)
    {
        try
        {
            string? damage = null;
            using var own = options.Store.LoadOwn(words => damage = words);
            if (damage is not null && !_isOwnDamaged)
            {
                logger.OwnDamaged(damage);
            }

            _isOwnDamaged = damage is not null;
            if (own is null)
            {
                return null;
            }

            if (options.RenewsOwn && own.IsRenewalDue(now) && CertificateIsOurs(own))
            {
                using var renewed = options.Store.RenewOwn(now, CertificateWatchOptions.OwnLife);
                logger.Renewed(own.Certificate.Thumbprint, own.End, renewed.Certificate.Thumbprint, renewed.End, Path.Combine(options.Store.OwnFolder, "certificate.der"));
                _isRenewalFailing = false;
                return Watched(renewed);
            }

            _isRenewalFailing = false;
            return Watched(own);
        }
        catch (Exception failed) when (failed is CryptographicException or IOException or UnauthorizedAccessException)
        {
            if (!_isRenewalFailing)
            {
                _isRenewalFailing = true;
                logger.RenewalFailed(failed.Message.TrimEnd('.'));
            }

            return null;
        }

        static WatchedCertificate Watched(ApplicationCertificate own) => new(
            CertificateConditions.Own, "The gateway's own certificate", own.Certificate.Subject, own.Certificate.Thumbprint, own.End,
            CertificateIsOurs(own) ? "renew it with 'edgealarm certs own renew' and trust the new one at each PLC" : $"have it renewed by \"{own.Certificate.Issuer}\" for the same key");
    }

    // one that an authority issued is the authority's to renew
    private static bool CertificateIsOurs(ApplicationCertificate own) => own.Certificate.SubjectName.RawData.AsSpan().SequenceEqual(own.Certificate.IssuerName.RawData);

    private WatchedCertificate? UserOf_NeedsLock(Configuration.SourceSettings source)
    {
        if (source.UserCertificateFile is not { } file)
        {
            return null;
        }

        try
        {
            using var user = X509CertificateLoader.LoadCertificateFromFile(file);
            _unreadable.Remove(file);
            return new(CertificateConditions.User(source.Name), $"The user certificate of {source.Name}", CertificateText.Readable(user.Subject), user.Thumbprint, new DateTimeOffset(user.NotAfter),
                $"have it renewed and put it into {file}");
        }
        catch (Exception failed) when (failed is CryptographicException or IOException or UnauthorizedAccessException)
        {
            Unreadable_NeedsLock(file, failed);
            return null;
        }
    }

    private List<WatchedCertificate> Authorities_NeedsLock(string folder)
    {
        var authorities = new List<WatchedCertificate>();
        try
        {
            foreach (var (path, certificate) in CertificateStore.Certificates(folder))
            {
                using (certificate)
                {
                    if (certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority))
                    {
                        authorities.Add(new(CertificateConditions.Issuer(certificate.Thumbprint), "The certificate of the authority", CertificateText.Readable(certificate.Subject), certificate.Thumbprint,
                            new DateTimeOffset(certificate.NotAfter), $"put its successor beside {path}, or remove the file if nothing was issued by it"));
                    }
                }
            }

            _unreadable.Remove(folder);
        }
        catch (Exception failed) when (failed is CryptographicException or IOException or UnauthorizedAccessException)
        {
            Unreadable_NeedsLock(folder, failed);
        }

        return authorities;
    }

    // a file that is replaced at this moment, or a folder on a lost mount, costs one look at it, never the watch over the others
    private void Unreadable_NeedsLock(string path, Exception failed)
    {
        if (_unreadable.Add(path))
        {
            logger.Unreadable(path, failed.Message.TrimEnd('.'));
        }
    }

    // what was told of a certificate that cannot be read stands until it is read again
    private bool IsUnreadable_NeedsLock(string condition) =>
        options.Sources.Any(source => source.UserCertificateFile is { } file && _unreadable.Contains(file) && string.Equals(condition, CertificateConditions.User(source.Name), StringComparison.Ordinal))
        || (CertificateConditions.IsIssuer(condition) && (_unreadable.Contains(options.Store.TrustedFolder) || _unreadable.Contains(options.Store.IssuersFolder)))
        || (_isRenewalFailing && string.Equals(condition, CertificateConditions.Own, StringComparison.Ordinal));

    private void Tell_NeedsLock(string condition, string? state, string detail)
    {
        switch (_ledger.Update(condition, state))
        {
            case true:
                logger.Raised(condition, detail);
                report(condition, true, detail);
                break;
            case false:
                logger.Settled(condition);
                report(condition, false, detail);
                break;
            case null:
                break;
        }
    }

    private void Save_NeedsLock()
    {
        var isWritten = CertificateLedgerFile.TryWrite(options.DataFolder, _ledger);
        if (!isWritten && !_isLedgerFailing)
        {
            logger.LedgerNotWritten(options.DataFolder);
        }

        _isLedgerFailing = !isWritten;
    }
}
