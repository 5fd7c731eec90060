using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>Certificates in a folder: <c>own/ trusted/ issuers/ rejected/</c>, one DER (or PEM) file each. What is trusted is decided by the
/// bytes in a file, never by its name, and read again at each decision, so that moving a file takes effect at once.</summary>
/// <param name="folder">Root of the store. Made with its four folders where missing.</param>
public sealed class CertificateStore(string folder)
{
    /// <summary>Files kept in <c>rejected/</c>; the oldest go first, so that a stranger cannot fill the disk.</summary>
    public const int RejectedMax = 20;

    private const string CertificateFile = "certificate.der";
    private const string KeyFile = "private-key.pem";
    private const string PreviousPrefix = "previous-";
    private const UnixFileMode KeyMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _gate = new();

    /// <summary>What a command line needs behind its verb to mean this store, as in <c>--config site.json</c>; blank, the default, where it is the one that is meant anyway.</summary>
    public string CommandOptions { get; init; } = "";

    /// <summary>Our certificate and its key.</summary>
    public string OwnFolder { get; } = Made(folder, "own");

    /// <summary>Peers that are trusted, and certification authorities whose certificates are trusted.</summary>
    public string TrustedFolder { get; } = Made(folder, "trusted");

    /// <summary>Authorities that only complete a chain; they give no trust.</summary>
    public string IssuersFolder { get; } = Made(folder, "issuers");

    /// <summary>Peers refused last, each under the SHA-1 thumbprint of its certificate.</summary>
    public string RejectedFolder { get; } = Made(folder, "rejected");

    /// <summary>Loads our certificate; where its file is unreadable, the one of before the renewal, which has the same key.</summary>
    /// <returns>Null where there is neither certificate nor key.</returns>
    /// <exception cref="CryptographicException">One of the two files is missing or unreadable, they do not belong together, or others
    /// may read the key; the message names the file and the next step.</exception>
    public ApplicationCertificate? LoadOwn() => LoadOwn(static _ => { });

    /// <summary>As <see cref="LoadOwn()"/>.</summary>
    /// <param name="fellBack">Takes the sentence for people where the one of before was loaded.</param>
    /// <returns>Null where there is neither certificate nor key.</returns>
    /// <exception cref="CryptographicException">As there.</exception>
    public ApplicationCertificate? LoadOwn(Action<string> fellBack)
    {
        var (certificatePath, keyPath) = (Path.Combine(OwnFolder, CertificateFile), Path.Combine(OwnFolder, KeyFile));
        if (!File.Exists(certificatePath) && !File.Exists(keyPath))
        {
            return null;
        }

        if (!File.Exists(certificatePath) || !File.Exists(keyPath))
        {
            var missing = File.Exists(keyPath) ? certificatePath : keyPath;
            throw new CryptographicException($"{missing} is missing while its other half exists: restore it, or remove both to make new ones.");
        }

        try
        {
            return CertificateFiles.Load(certificatePath, keyPath);
        }
        catch (CryptographicException unreadable) when (LoadPrevious(DateTimeOffset.MinValue) is { } previous)
        {
            fellBack($"{unreadable.Message.TrimEnd('.')}. The one of before the renewal is used, SHA-1 {previous.Certificate.Thumbprint}, which ends on {previous.End:u}: "
                + $"restore {certificatePath}, or make a new one with 'edgealarm certs own renew'");
            return previous;
        }
    }

    /// <summary>Stores a new certificate as our own, the key readable by this user alone. Never replaces one: PLCs trust the old.</summary>
    /// <param name="certificate">From <see cref="ApplicationCertificate.Create"/>.</param>
    /// <exception cref="IOException">There is one already, or the folder cannot be written.</exception>
    public void CreateOwn(ApplicationCertificate certificate)
    {
        using var key = certificate.Certificate.GetRSAPrivateKey()
            ?? throw new CryptographicException("The certificate has no RSA private key.");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = KeyMode;
        }

        using (var writer = new StreamWriter(Path.Combine(OwnFolder, KeyFile), options))
        {
            writer.Write(key.ExportPkcs8PrivateKeyPem());
        }

        using var file = new FileStream(Path.Combine(OwnFolder, CertificateFile), FileMode.CreateNew);
        file.Write(certificate.Der.Span);
    }

    /// <summary>Puts a successor into the place of our certificate. Key and ApplicationUri stay; the old certificate is kept beside as
    /// <c>previous-THUMBPRINT.der</c>, for peers that trust only its bytes.</summary>
    /// <param name="now">The present time.</param>
    /// <param name="validFor">Lifetime of the successor.</param>
    /// <returns>The successor; the caller disposes of it.</returns>
    /// <exception cref="CryptographicException">There is none, it is unreadable, or an authority issued it, which alone can renew it.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public ApplicationCertificate RenewOwn(DateTimeOffset now, TimeSpan validFor)
    {
        using var old = LoadOwn() ?? throw new CryptographicException($"There is no own certificate in {OwnFolder} that could be renewed: create one.");
        var successor = old.Renew(now, validFor);
        var path = Path.Combine(OwnFolder, CertificateFile);
        DurableFolder.Write(Path.Combine(OwnFolder, $"{PreviousPrefix}{old.Certificate.Thumbprint}.der"), old.Der.Span);
        DurableFolder.Write(path, successor.Der.Span);
        return successor;
    }

    /// <summary>Loads the certificate of before the renewal, with the key of the present one.</summary>
    /// <param name="now">The present time.</param>
    /// <returns>The one that ends last of those that are still valid; null where there is none.</returns>
    public ApplicationCertificate? LoadPrevious(DateTimeOffset now)
    {
        var previous = Directory.EnumerateFiles(OwnFolder, PreviousPrefix + "*.der").Select(TryLoadPrevious).OfType<ApplicationCertificate>().OrderByDescending(old => old.End).ToList();
        var chosen = previous.Find(old => old.End > now);
        previous.Where(old => old != chosen).ToList().ForEach(old => old.Dispose());
        return chosen;
    }

    /// <summary>Reads everything in <c>trusted/</c> and <c>issuers/</c>: certificates, and revocation lists in files <c>*.crl</c>.</summary>
    /// <returns>The content; the caller disposes of it. Files that are neither are left out.</returns>
    public TrustList LoadTrustList() => new(
        [.. Certificates(TrustedFolder).Select(file => file.Certificate)],
        [.. Certificates(IssuersFolder).Select(file => file.Certificate)],
        [.. RevocationLists(TrustedFolder).Concat(RevocationLists(IssuersFolder)).Select(file => file.List)]);

    /// <summary>A number that changes when a file of <c>trusted/</c> or <c>issuers/</c> is added, changed or removed; 0 where they cannot be read.</summary>
    public int TrustStamp()
    {
        try
        {
            var stamp = new HashCode();
            foreach (var file in new[] { TrustedFolder, IssuersFolder }.SelectMany(each => new DirectoryInfo(each).EnumerateFiles()).OrderBy(file => file.FullName, StringComparer.Ordinal))
            {
                stamp.Add(file.FullName, StringComparer.Ordinal);
                stamp.Add(file.LastWriteTimeUtc);
                stamp.Add(file.Length);
            }

            return stamp.ToHashCode();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>The certificates of a folder of the store with their files, in the order of the files' names.</summary>
    /// <param name="folder">One of the store's folders.</param>
    /// <returns>The certificates; the caller disposes of them. Files that are none are left out.</returns>
    public static IReadOnlyList<(string Path, X509Certificate2 Certificate)> Certificates(string folder) =>
        Load(folder, isList: false, X509CertificateLoader.LoadCertificateFromFile);

    /// <summary>The revocation lists of a folder of the store with their files, in the order of the files' names.</summary>
    /// <param name="folder">One of the store's folders.</param>
    /// <returns>The lists. Files that are none are left out.</returns>
    public static IReadOnlyList<(string Path, CertificateRevocationList List)> RevocationLists(string folder) =>
        Load(folder, isList: true, path => CertificateRevocationList.Parse(File.ReadAllBytes(path)));

    /// <summary>The files of a folder of the store that are neither certificates nor revocation lists, and so prove nothing to anybody.</summary>
    /// <param name="folder">One of the store's folders.</param>
    /// <returns>Each with what is wrong with it; files whose names begin with a dot and keys are none of them.</returns>
    public static IReadOnlyList<(string Path, string Problem)> Unreadable(string folder)
    {
        var unreadable = new List<(string, string)>();
        foreach (var (_, certificate) in Load(folder, isList: false, X509CertificateLoader.LoadCertificateFromFile, unreadable))
        {
            certificate.Dispose();
        }

        Load(folder, isList: true, path => CertificateRevocationList.Parse(File.ReadAllBytes(path)), unreadable);
        return unreadable;
    }

    /// <summary>Keeps a refused peer's leaf, so that one command can trust it.</summary>
    /// <param name="peer">The peer.</param>
    /// <returns>Path of the file, in <see cref="RejectedFolder"/>; for the message to people. It may not exist where the disk refused it.</returns>
    public string Reject(PeerCertificate peer)
    {
        var path = Path.Combine(RejectedFolder, Convert.ToHexString(peer.Thumbprint.Span) + ".der");
        lock (_gate)
        {
            try
            {
                File.WriteAllBytes(path, peer.Der.ToArray());
                var oldest = new DirectoryInfo(RejectedFolder).GetFiles("*.der").OrderByDescending(f => f.LastWriteTimeUtc).Skip(RejectedMax);
                foreach (var file in oldest)
                {
                    file.Delete();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A store on a read-only disk still refuses; that the copy is missing changes nothing for safety.
            }
        }

        return path;
    }

    /// <summary>Trusts a certificate: puts it into <c>trusted/</c> under its thumbprint, and takes it out of <c>rejected/</c>.</summary>
    /// <param name="certificate">A peer's, or an authority's, which then vouches for whatever it issued.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Trust(X509Certificate2 certificate) => Move(certificate, TrustedFolder, RejectedFolder);

    /// <summary>Trusts a certificate no more: takes it out of <c>trusted/</c> and <c>issuers/</c> and puts it into <c>rejected/</c>.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Distrust(X509Certificate2 certificate) => Move(certificate, RejectedFolder, TrustedFolder, IssuersFolder);

    private static void Move(X509Certificate2 certificate, string to, params string[] from)
    {
        // whoever reads the folder meanwhile sees a whole file or none
        DurableFolder.Write(Path.Combine(to, certificate.Thumbprint + ".der"), certificate.RawData);
        foreach (var (old, other) in from.SelectMany(Certificates))
        {
            using (other)
            {
                if (other.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span))
                {
                    File.Delete(old);
                }
            }
        }
    }

    private ApplicationCertificate? TryLoadPrevious(string path)
    {
        try
        {
            return CertificateFiles.Load(path, Path.Combine(OwnFolder, KeyFile));
        }
        catch (CryptographicException)
        {
            // of another key, or damaged: nothing that could be shown to a peer
            return null;
        }
    }

    private static List<(string Path, T Content)> Load<T>(string folder, bool isList, Func<string, T> read, List<(string Path, string Problem)>? unreadable = null)
    {
        var found = new List<(string, T)>();
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => path.EndsWith(".crl", StringComparison.OrdinalIgnoreCase) == isList).Order(StringComparer.Ordinal))
        {
            try
            {
                found.Add((path, read(path)));
            }
            catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
            {
                // One unreadable file never costs the trust in another; the peer it was meant for is refused with its own message.
                if (Path.GetFileName(path) is not (['.', ..] or KeyFile))
                {
                    unreadable?.Add((path, e is CryptographicException ? $"it is no {(isList ? "revocation list" : "certificate")} (DER or PEM)" : e.Message));
                }
            }
        }

        return found;
    }

    private static string Made(string folder, string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
}
