using System.Globalization;

namespace EdgeAlarm.Certificates;

/// <summary>A listing as text, at most 80 columns wide where the names in it allow.</summary>
internal static class CertificateLines
{
    private const int Width = 80;
    private const int Indent = 11;

    private static readonly (string Place, string Title)[] Titles =
    [
        ("own", "OWN: shown to every PLC, which has to trust it"),
        ("previous", "PREVIOUS: shown where the renewed one is not trusted yet"),
        ("trusted", "TRUSTED: servers, and authorities that vouch for servers"),
        ("issuers", "ISSUERS: authorities that only complete a chain"),
        ("rejected", "REJECTED: refused last; 'edgealarm certs trust THUMBPRINT' trusts one"),
    ];

    /// <summary>The text, line by line.</summary>
    public static IEnumerable<string> Of(CertificateListing listing)
    {
        yield return $"certificates in {listing.Folder}";
        foreach (var (place, title) in Titles)
        {
            var rows = listing.Certificates.Where(row => string.Equals(row.Place, place, StringComparison.Ordinal)).ToList();
            if (rows.Count == 0)
            {
                continue;
            }

            yield return "";
            yield return title;
            foreach (var line in rows.SelectMany(Of))
            {
                yield return line;
            }
        }

        foreach (var line in listing.RevocationLists.SelectMany(Of).Prepend("REVOCATION LISTS").Prepend(""))
        {
            if (listing.RevocationLists.Count > 0)
            {
                yield return line;
            }
        }

        foreach (var line in listing.Unreadable.SelectMany(Of).Prepend("UNREADABLE: proves nothing to anybody; replace or remove it").Prepend(""))
        {
            if (listing.Unreadable.Count > 0)
            {
                yield return line;
            }
        }

        if (listing.Certificates.Count == 0 && listing.RevocationLists.Count == 0)
        {
            yield return "  none yet; 'edgealarm certs own create' makes the gateway's own";
        }
    }

    /// <summary>One certificate.</summary>
    public static IEnumerable<string> Of(CertificateRow row)
    {
        yield return $"  {row.Subject}{(row.IsAuthority ? "  (an authority)" : "")}";
        yield return $"    SHA-1    {row.Sha1}";
        yield return $"    SHA-256  {row.Sha256}";
        yield return $"    URI      {(row.ApplicationUri.Length == 0 ? "none" : row.ApplicationUri)}";
        yield return string.Create(CultureInfo.InvariantCulture, $"    valid    {row.NotBefore:yyyy-MM-dd} to {row.NotAfter:yyyy-MM-dd}, {(row.KeyBits == 0 ? "no RSA key" : $"RSA {row.KeyBits}")}");
        yield return $"    file     {Path.GetFileName(row.File)}";
        foreach (var line in Wrong(row.Wrong))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Of(UnreadableRow file)
    {
        yield return $"  {file.File}";
        foreach (var line in Wrong(file.Wrong))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Of(RevocationRow list)
    {
        yield return $"  {list.Issuer}";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"    revokes  {list.Revoked}; of {list.ThisUpdate:yyyy-MM-dd}, next {(list.NextUpdate is { } next ? $"due {next.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "not promised")}");
        yield return $"    file     {list.Place}/{Path.GetFileName(list.File)}";
        foreach (var line in Wrong(list.Wrong))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Wrong(string? words)
    {
        if (words is null)
        {
            yield break;
        }

        var line = "    WRONG   ";
        foreach (var word in words.Split(' '))
        {
            if (line.Length + 1 + word.Length > Width && line.Length > Indent + 2)
            {
                yield return line;
                line = new string(' ', Indent + 1);
            }

            line += " " + word;
        }

        yield return line;
    }
}
