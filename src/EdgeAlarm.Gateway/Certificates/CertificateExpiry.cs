namespace EdgeAlarm.Gateway.Certificates;

/// <summary>When people have to be told that a certificate ends (F-50).</summary>
public static class CertificateExpiry
{
    /// <summary>The stage of a certificate.</summary>
    /// <param name="end">When it ends.</param>
    /// <param name="now">The present time.</param>
    public static ExpiryStage StageOf(DateTimeOffset end, DateTimeOffset now) => (end - now).TotalDays switch
    {
        <= 0 => ExpiryStage.Ended,
        <= 7 => ExpiryStage.Within7Days,
        <= 30 => ExpiryStage.Within30Days,
        <= 90 => ExpiryStage.Within90Days,
        _ => ExpiryStage.Far,
    };

    /// <summary>The stage in words: what ends, when, and what to do.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="now">The present time.</param>
    public static string Words(WatchedCertificate certificate, DateTimeOffset now)
    {
        var days = (int)Math.Floor((certificate.End - now).Duration().TotalDays);
        var when = certificate.End > now ? $"ends in {days} days, on {certificate.End:u}" : $"ended {days} days ago, on {certificate.End:u}";
        return $"{certificate.What} \"{certificate.Subject}\" (SHA-1 {certificate.Thumbprint}) {when}: {certificate.NextStep}";
    }
}
