namespace EdgeAlarm.Gateway.Configuration;

/// <summary>gateway.json, validated, with every path made absolute.</summary>
public sealed record GatewaySettings
{
    private static readonly string DefaultFile = Path.Combine("config", "gateway.json");

    /// <summary>The file that they were read from, as it was named on the command line; blank where there is none.</summary>
    public string File { get; init; } = "";

    /// <summary>What a command line needs behind its verb to mean this file; blank where it is the one that is meant anyway.</summary>
    public string CommandOptions => File.Length == 0 || string.Equals(File, DefaultFile, StringComparison.Ordinal) ? "" : $"--config {(File.Contains(' ', StringComparison.Ordinal) ? $"\"{File}\"" : File)}";

    /// <summary>Site id, one level of the topics.</summary>
    public required string Site { get; init; }

    /// <summary>Gateway id, one level of the topics.</summary>
    public required string Gateway { get; init; }

    /// <summary>The data folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The certificate folder with own/ trusted/ issuers/ rejected/.</summary>
    public required string CertificatesFolder { get; init; }

    /// <summary>Whether the gateway renews its own certificate when a sixth of its life is left.</summary>
    public required bool RenewsCertificate { get; init; }

    /// <summary>The tag list.</summary>
    public required string TagsFile { get; init; }

    /// <summary>The master alarm list.</summary>
    public required string AlarmsFile { get; init; }

    /// <summary>The PLCs.</summary>
    public required IReadOnlyList<SourceSettings> Sources { get; init; }

    /// <summary>The classes of alarms; empty where any name is a class.</summary>
    public IReadOnlyList<AlarmClass> Classes { get; init; } = [];

    /// <summary>The broker.</summary>
    public required MqttSettings Mqtt { get; init; }

    /// <summary>Who may send commands over MQTT; null where nobody may.</summary>
    public CommandSettings? Commands { get; init; }

    /// <summary>What counts as proof of storage.</summary>
    public required ReceiptMode Receipt { get; init; }

    /// <summary>What the recorder keeps.</summary>
    public required RecorderSettings Recorder { get; init; }
}
