using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.Gateway.Certificates;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.Verbs;

namespace EdgeAlarm.Certificates;

/// <summary>What an operator does to a certificate store; says what it did.</summary>
/// <param name="folder">The store's folder.</param>
/// <param name="time">The clock.</param>
/// <param name="output">For what was done.</param>
/// <param name="error">For what could not be done.</param>
internal sealed class CertificateCommands(string folder, TimeProvider time, TextWriter output, TextWriter error)
{
    /// <summary>A shorter part of a thumbprint could be made by a stranger to look like another's.</summary>
    public const int PrefixMin = 8;

    private readonly CertificateStore _store = new(folder);

    /// <summary>Trusts a refused certificate by its thumbprint, or a certificate or revocation list in a file.</summary>
    public int Trust(string what)
    {
        if (File.Exists(what) && TryTrustList(what))
        {
            return ExitCode.Done;
        }

        if (Find(what, _store.RejectedFolder) is not { } certificate)
        {
            return ExitCode.Found;
        }

        using (certificate)
        {
            _store.Trust(certificate);
            var wrong = CertificateListing.FaultOf(certificate, new CertificateValidator(_store, time), time.GetUtcNow());
            output.WriteLine(wrong is null ? "trusted; a gateway that waits for it connects within seconds:" : $"trusted, BUT no gateway connects to it as it is: it {wrong}. Renew it at the server, then trust its successor:");
            Show("trusted", certificate);
            return ExitCode.Done;
        }
    }

    /// <summary>Trusts a certificate no more, by its thumbprint or file.</summary>
    public int Reject(string what)
    {
        if (Find(what, _store.TrustedFolder, _store.IssuersFolder) is not { } certificate)
        {
            return ExitCode.Found;
        }

        using (certificate)
        {
            _store.Distrust(certificate);
            output.WriteLine("not trusted any more; a connection that stands ends with its session:");
            Show("rejected", certificate);
            return ExitCode.Done;
        }
    }

    /// <summary>Makes our own certificate, where there is none: each PLC trusts the one there is.</summary>
    public int CreateOwn(GatewaySettings settings, int keyBits)
    {
        using var existing = _store.LoadOwn();
        if (existing is not null)
        {
            error.WriteLine($"There is a certificate in {_store.OwnFolder} already, which PLCs may trust; 'edgealarm certs own renew' makes its successor.");
            return ExitCode.Found;
        }

        using var own = OwnCertificate.Create(settings, _store, time.GetUtcNow(), keyBits);
        ShowOwn("made; let each PLC trust it:", own);
        return ExitCode.Done;
    }

    /// <summary>Renews our own certificate with its key.</summary>
    /// <exception cref="CryptographicException">There is none, or an authority issued it.</exception>
    public int RenewOwn()
    {
        using var own = _store.RenewOwn(time.GetUtcNow(), CertificateWatchOptions.OwnLife);
        ShowOwn("renewed; let each PLC trust it before the old one ends:", own);
        return ExitCode.Done;
    }

    /// <summary>Writes our own certificate, never its key, into a file: PEM where its name ends in .pem, else DER.</summary>
    public int Export(string file)
    {
        using var own = _store.LoadOwn();
        if (own is null)
        {
            error.WriteLine($"There is no own certificate in {_store.OwnFolder}; make one with 'edgealarm certs own create'.");
            return ExitCode.Found;
        }

        if (file.EndsWith(".pem", StringComparison.OrdinalIgnoreCase))
        {
            File.WriteAllText(file, own.Certificate.ExportCertificatePem() + "\n");
        }
        else
        {
            File.WriteAllBytes(file, own.Der.ToArray());
        }

        output.WriteLine($"{file} holds the certificate with the SHA-1 thumbprint {own.Certificate.Thumbprint}; let each PLC trust it.");
        return ExitCode.Done;
    }

    private void ShowOwn(string did, ApplicationCertificate own)
    {
        output.WriteLine(did);
        Show("own", own.Certificate);
    }

    private void Show(string place, X509Certificate2 certificate)
    {
        var wrong = place is "trusted" ? CertificateListing.FaultOf(certificate, new CertificateValidator(_store, time), time.GetUtcNow()) : null;
        foreach (var line in CertificateLines.Of(CertificateRow.Of(place, place is "own" ? "certificate.der" : certificate.Thumbprint + ".der", certificate, wrong)))
        {
            output.WriteLine(line);
        }
    }

    private bool TryTrustList(string file)
    {
        try
        {
            var list = CertificateRevocationList.Parse(File.ReadAllBytes(file));
            File.Copy(file, Path.Combine(_store.TrustedFolder, Path.GetFileNameWithoutExtension(file) + ".crl"), overwrite: true);
            output.WriteLine($"taken: the revocation list of \"{CertificateText.Readable(list.Issuer)}\" with {list.Count} certificates.");
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private X509Certificate2? Find(string what, params string[] folders)
    {
        if (File.Exists(what))
        {
            try
            {
                return X509CertificateLoader.LoadCertificateFromFile(what);
            }
            catch (CryptographicException)
            {
                error.WriteLine($"{what} is no certificate (DER or PEM) and no revocation list.");
                return null;
            }
        }

        var prefix = string.Concat(what.Where(character => character is not (':' or ' ')));
        if (prefix.Length < PrefixMin || !prefix.All(char.IsAsciiHexDigit))
        {
            error.WriteLine($"\"{what}\" is no file and no thumbprint: write at least {PrefixMin} hexadecimal digits of its SHA-1 or SHA-256, as 'edgealarm certs list' shows them.");
            return null;
        }

        var found = folders.SelectMany(CertificateStore.Certificates).Select(file => file.Certificate).Where(certificate => Has(certificate, prefix))
            .DistinctBy(certificate => certificate.Thumbprint, StringComparer.Ordinal).ToList();
        if (found.Count == 1)
        {
            return found[0];
        }

        var where = string.Join(" or ", folders.Select(folder => folder + Path.DirectorySeparatorChar));
        error.WriteLine(found.Count == 0
            ? $"No certificate in {where} has the thumbprint {prefix}; 'edgealarm certs list' shows them."
            : $"{found.Count} certificates in {where} begin with {prefix}: {string.Join(", ", found.Select(certificate => certificate.Thumbprint))}. Write more of the thumbprint.");
        found.ForEach(certificate => certificate.Dispose());
        return null;
    }

    private static bool Has(X509Certificate2 certificate, string prefix) =>
        certificate.Thumbprint.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        || certificate.GetCertHashString(HashAlgorithmName.SHA256).StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
