namespace EdgeAlarm.Gateway.Certificates;

/// <summary>A certificate on whose end the gateway depends.</summary>
/// <param name="Condition">Name of its system condition, one of <see cref="CertificateConditions"/>.</param>
/// <param name="What">What it is, as a sentence begins.</param>
/// <param name="Subject">Its subject, without control characters.</param>
/// <param name="Thumbprint">SHA-1 in hexadecimal.</param>
/// <param name="End">When it ends.</param>
/// <param name="NextStep">What to do before.</param>
public sealed record WatchedCertificate(string Condition, string What, string Subject, string Thumbprint, DateTimeOffset End, string NextStep);
