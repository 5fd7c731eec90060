namespace EdgeAlarm.Gateway.Configuration;

/// <summary>The broker as the settings name it.</summary>
public sealed record MqttSettings
{
    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>Port; default 8883.</summary>
    public required int Port { get; init; }

    /// <summary>Whether TLS is used; off only where it says false.</summary>
    public required bool Tls { get; init; }

    /// <summary>PEM file of the authorities that the broker's certificate must come from; null for those of the operating system.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>User name; null for none.</summary>
    public string? User { get; init; }

    /// <summary>File that holds the password, one line; null without a user.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Publishes in flight; 1 to 5000, never above what the broker allows. The rate is about window over round trip.</summary>
    public required int Window { get; init; }
}
