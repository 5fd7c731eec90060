namespace EdgeAlarm.Historian;

/// <summary>How to reach the broker (<c>mqtt</c> in historian.json).</summary>
public sealed record BrokerOptions
{
    /// <summary>Host name or address; required.</summary>
    public string Host { get; init; } = "";

    /// <summary>Port, 1 to 65535; 8883.</summary>
    public int Port { get; init; } = 8883;

    /// <summary>TLS; on unless switched off by name. Without it passwords and alarms travel readable.</summary>
    public bool Tls { get; init; } = true;

    /// <summary>PEM file of the authorities that the broker's certificate must come from, read at each connection; null for those of the operating system.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>User name; none by default.</summary>
    public string? User { get; init; }

    /// <summary>File with the password as its first line, read at each connection; required with <see cref="User"/>.</summary>
    public string? PasswordFile { get; init; }
}
