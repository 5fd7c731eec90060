using System.Globalization;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>Names a difference of the clocks in refusals that may come of it: the codes speak of certificates, and people look at certificates for hours.</summary>
internal static class ClockDifference
{
    private static readonly TimeSpan WorthNaming = TimeSpan.FromMinutes(1);

    // what servers and we answer where a certificate or a timestamp seems to be of another time
    private static readonly HashSet<StatusCode> MayComeOfIt =
    [
        StatusCodes.BadCertificateTimeInvalid, StatusCodes.BadCertificateIssuerTimeInvalid, StatusCodes.BadInvalidTimestamp, StatusCodes.BadSecurityChecksFailed,
        StatusCodes.BadCertificateRevocationUnknown, StatusCodes.BadCertificateIssuerRevocationUnknown, StatusCodes.BadIdentityTokenRejected,
    ];

    /// <summary>Measures at a request: the server answered somewhere between sending and receiving.</summary>
    /// <param name="sent">Our clock before the request.</param>
    /// <param name="received">Our clock at the response.</param>
    /// <param name="serverTicks">The response's timestamp, 100 ns ticks of UTC; 0 where there is none.</param>
    /// <returns>Our clock minus the server's; null where the server told no time.</returns>
    public static TimeSpan? Measure(DateTimeOffset sent, DateTimeOffset received, long serverTicks) =>
        serverTicks == 0 ? null : TimeSpan.FromTicks(sent.UtcTicks + ((received - sent).Ticks / 2) - serverTicks);

    /// <summary>The refusal with the difference in its words, where the one may come of the other.</summary>
    /// <param name="refused">The refusal.</param>
    /// <param name="offset">Our clock minus the server's; null where it is not known.</param>
    public static UaClientException Named(UaClientException refused, TimeSpan? offset) =>
        offset is { } known && known.Duration() >= WorthNaming && MayComeOfIt.Contains(refused.Status.WithoutInfoBits)
            ? new UaClientException(refused.Failure, refused.Status,
                $"{refused.Message.TrimEnd('.')}. The server's clock is {Words(known.Duration())} {(known > TimeSpan.Zero ? "behind" : "ahead of")} ours, which alone may be the reason: set the wrong one", refused)
            : refused;

    private static string Words(TimeSpan difference) => difference.TotalDays switch
    {
        >= 2 => string.Create(CultureInfo.InvariantCulture, $"{difference.TotalDays:F0} days"),
        >= 1 => difference.ToString(@"d' d 'h' h'", CultureInfo.InvariantCulture),
        _ => difference.ToString(@"h' h 'm' min'", CultureInfo.InvariantCulture),
    };
}
