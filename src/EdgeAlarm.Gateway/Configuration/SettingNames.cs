namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Spelling of settings whose names have capitals inside, for environment variables, which have none.</summary>
internal static class SettingNames
{
    private static readonly string[] All =
        ["site", "gateway", "data", "certificates", "tags", "alarms", "receipt", "host", "port", "tls", "caFile", "user", "passwordFile", "window", "url", "security", "publishing", "sampling", "ridesOut", "audit", "profile", "acquisition", "keep", "maxSize", "shelveMax", "outOfServiceMax", "acknowledgeNote", "highlyManaged"];

    public static string? Find(string name) => Array.Find(All, known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
}
