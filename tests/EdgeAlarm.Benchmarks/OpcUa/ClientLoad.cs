namespace EdgeAlarm.Benchmarks.OpcUa;

/// <summary>What a client is to do: monitor so many tags and be measured for so long after a warm-up. Ours and the peer's are told the same.</summary>
/// <param name="Url">The server.</param>
/// <param name="Tags">How many tags, <c>TAG00000</c> and so on.</param>
/// <param name="Secured">Basic256Sha256 SignAndEncrypt; otherwise None.</param>
/// <param name="Certificates">Certificate folder of the client; not used without security.</param>
/// <param name="WarmUpSeconds">Seconds before the measured ones.</param>
/// <param name="MeasureSeconds">Measured seconds; 0 measures the connecting alone.</param>
internal sealed record ClientLoad(string Url, int Tags, bool Secured, string Certificates, double WarmUpSeconds, double MeasureSeconds);
