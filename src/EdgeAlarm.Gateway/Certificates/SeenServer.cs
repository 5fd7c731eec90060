namespace EdgeAlarm.Gateway.Certificates;

/// <summary>The certificate with which a source's server was seen last.</summary>
/// <param name="Subject">Its subject, without control characters.</param>
/// <param name="Thumbprint">SHA-1 in hexadecimal.</param>
/// <param name="End">When it ends.</param>
public sealed record SeenServer(string Subject, string Thumbprint, DateTimeOffset End);
