namespace EdgeAlarm.Gateway.Configuration;

/// <summary>gateway.json, validated, with every path made absolute.</summary>
public sealed record GatewaySettings
{
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

    /// <summary>What counts as proof of storage.</summary>
    public required ReceiptMode Receipt { get; init; }

    /// <summary>What the recorder keeps.</summary>
    public required RecorderSettings Recorder { get; init; }
}
