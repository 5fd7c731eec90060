using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Reads gateway.json.</summary>
internal static class GatewaySettingsFile
{
    private const string RecogniseProfile = "auto";
    private static readonly string[] Profiles = [RecogniseProfile, .. ServerProfiles.All.Select(profile => profile.Name)];
    private static readonly string[] Securities = [.. EndpointSecurity.All.Select(security => security.ToString())];

    /// <summary>Reads and validates the file; null if a fault leaves nothing to work with. Faults are added either way.</summary>
    public static GatewaySettings? Read(SettingsNode root, string folder, FaultList faults)
    {
        var section = new SettingsSection(root, string.Empty, faults);
        var site = TopicLevel(section, "site");
        var gateway = TopicLevel(section, "gateway");
        var data = FullPath(folder, section.Text("data") ?? DefaultDataFolder());
        var settings = new GatewaySettings
        {
            Site = site,
            Gateway = gateway,
            DataFolder = data,
            CertificatesFolder = section.Text("certificates") is { } certificates ? FullPath(folder, certificates) : Path.Combine(data, "pki"),
            RenewsCertificate = string.Equals(section.Choice("certificateRenewal", "automatic", ["automatic", "manual"]), "automatic", StringComparison.Ordinal),
            TagsFile = FullPath(folder, section.Text("tags") ?? "tags.csv"),
            AlarmsFile = FullPath(folder, section.Text("alarms") ?? "alarms.csv"),
            Sources = ReadSources(section, folder),
            Classes = AlarmClassSettings.Read(section),
            Mqtt = ReadMqtt(section.Section("mqtt", required: true), folder),
            Commands = CommandSettingsSection.Read(section.Section("commands")),
            Receipt = string.Equals(section.Choice("receipt", "historian", ["historian", "broker"]), "broker", StringComparison.Ordinal)
                ? ReceiptMode.Broker
                : ReceiptMode.Historian,
            Recorder = ReadRecorder(section.Section("recorder")),
        };
        section.End();
        return settings;
    }

    private static string DefaultDataFolder() => OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "EdgeAlarm")
        : "/var/lib/edgealarm";

    private static string TopicLevel(SettingsSection section, string name)
    {
        var text = section.Text(name, required: true) ?? string.Empty;
        if (text.Length > 0 && !text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.'))
        {
            section.Fault(name, $"{name} is a level of the MQTT topics; use letters, digits, '_', '-' and '.'.");
        }

        return text;
    }

    private static List<SourceSettings> ReadSources(SettingsSection root, string folder)
    {
        var sources = new List<SourceSettings>();
        foreach (var section in root.Sections("sources"))
        {
            var source = ReadSource(section, folder);
            if (sources.Exists(other => string.Equals(other.Name, source.Name, StringComparison.Ordinal)))
            {
                section.Fault("name", "is the name of another source already; names are unique.");
            }

            sources.Add(source);
        }

        return sources;
    }

    private static SourceSettings ReadSource(SettingsSection section, string folder)
    {
        var urls = ReadUrls(section);
        var (user, passwordFile) = ReadUser(section, folder);
        var (userCertificate, userKey) = ReadUserCertificate(section, folder, user);
        var source = new SourceSettings
        {
            Name = section.Text("name", required: true) ?? string.Empty,
            Url = urls[0],
            OtherUrls = [.. urls.Skip(1)],
            Heartbeat = ReadHeartbeat(section.Section("heartbeat")),
            Security = section.Choice("security", EndpointSecurity.Default.ToString(), Securities),
            User = user,
            PasswordFile = passwordFile,
            UserCertificateFile = userCertificate,
            UserKeyFile = userKey,
            AcceptsUnknownRevocation = string.Equals(section.Choice("unknownRevocation", "refuse", ["refuse", "accept"]), "accept", StringComparison.Ordinal),
            Publishing = section.Time("publishing", TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)),
            Sampling = section.Time("sampling", TimeSpan.FromMilliseconds(100), TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            Audit = section.Time("audit", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            ReadsCyclically = string.Equals(section.Choice("acquisition", "subscribe", ["subscribe", "read"]), "read", StringComparison.Ordinal),
            Profile = ServerProfiles.Find(section.Choice("profile", RecogniseProfile, Profiles)),
            RidesOut = section.Time("ridesOut", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        };
        section.End();
        return source;
    }

    // one server, or a redundant set in the order of preference
    private static List<Uri> ReadUrls(SettingsSection section)
    {
        var several = section.Texts("urls");
        var single = section.Text("url", required: several.Count == 0);
        if (single is not null && several.Count > 0)
        {
            section.Fault("url", "write either \"url\" or \"urls\".");
        }

        var urls = new List<Uri>();
        foreach (var text in several.Count > 0 ? several : single is null ? [] : [single])
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && string.Equals(url.Scheme, "opc.tcp", StringComparison.Ordinal) && url.Port > 0 && !urls.Contains(url))
            {
                urls.Add(url);
            }
            else
            {
                section.Fault(several.Count > 0 ? "urls" : "url", "write the server's endpoint as opc.tcp://host:4840, each server once.");
            }
        }

        return urls.Count > 0 ? urls : [new Uri("opc.tcp://invalid:4840")];
    }

    private static HeartbeatSettings? ReadHeartbeat(SettingsSection? section)
    {
        if (section is null)
        {
            return null;
        }

        var node = section.Text("node", required: true) ?? string.Empty;
        // an index may name another variable after a download: to write there would be worse than to write nothing
        if (node.Length > 0 && !(node.StartsWith("nsu=", StringComparison.Ordinal) && OpcUa.BuiltInTypes.ExpandedNodeId.TryParse(node, out _)))
        {
            section.Fault("node", "write the variable by its namespace URI, as nsu=urn:plc;s=Heartbeat.");
        }

        var heartbeat = new HeartbeatSettings(node, section.Time("every", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));
        section.End();
        return heartbeat;
    }

    private static MqttSettings ReadMqtt(SettingsSection? section, string folder)
    {
        if (section is null)
        {
            return new MqttSettings { Host = string.Empty, Port = 8883, Tls = true, Window = 200 };
        }

        var (user, passwordFile) = ReadUser(section, folder);
        var mqtt = new MqttSettings
        {
            Host = section.Text("host", required: true) ?? string.Empty,
            Port = section.Number("port", 8883, 1, 65535),
            Tls = section.Switch("tls", missing: true),
            CertificateAuthorityFile = section.Text("caFile") is { } authority ? FullPath(folder, authority) : null,
            User = user,
            PasswordFile = passwordFile,
            Window = section.Number("window", 200, 1, 5000),
        };
        section.End();
        return mqtt;
    }

    private static RecorderSettings ReadRecorder(SettingsSection? section)
    {
        var missing = new RecorderSettings(TimeSpan.FromDays(7), 20_000_000_000);
        if (section is null)
        {
            return missing;
        }

        var recorder = new RecorderSettings(
            section.Time("keep", missing.Keep, TimeSpan.FromHours(1), TimeSpan.FromDays(3650)),
            section.Size("maxSize", missing.MaxSize));
        section.End();
        return recorder;
    }

    private static (string? User, string? PasswordFile) ReadUser(SettingsSection section, string folder)
    {
        var user = section.Text("user");
        var passwordFile = section.Text("passwordFile");
        if (user is not null && passwordFile is null)
        {
            section.Fault("user", "a user needs a \"passwordFile\": a file whose first line is the password.");
        }
        else if (user is null && passwordFile is not null)
        {
            section.Fault("passwordFile", "a \"passwordFile\" needs a \"user\".");
        }
        else if (passwordFile is not null && SecretFile.Fault(FullPath(folder, passwordFile)) is { } fault)
        {
            section.SecretFault("passwordFile", fault);
        }

        return (user, passwordFile is null ? null : FullPath(folder, passwordFile));
    }

    private static (string? Certificate, string? Key) ReadUserCertificate(SettingsSection section, string folder, string? user)
    {
        var certificate = section.Text("userCertificate");
        var key = section.Text("userKey");
        if (certificate is null && key is null)
        {
            return (null, null);
        }

        if (certificate is null || key is null)
        {
            section.Fault(certificate is null ? "userKey" : "userCertificate", "\"userCertificate\" (DER or PEM) and \"userKey\" (PEM, its private key) belong together.");
            return (null, null);
        }

        var (certificateFile, keyFile) = (FullPath(folder, certificate), FullPath(folder, key));
        if (user is not null)
        {
            section.Fault("userCertificate", "a source logs in by \"user\" and \"passwordFile\" or by \"userCertificate\" and \"userKey\"; remove one of the pairs.");
        }
        else if (SourceUser.Fault(certificateFile, keyFile) is { } fault)
        {
            section.SecretFault("userCertificate", fault);
        }

        return (certificateFile, keyFile);
    }

    private static string FullPath(string folder, string path) => Path.GetFullPath(Path.Combine(folder, path));
}
