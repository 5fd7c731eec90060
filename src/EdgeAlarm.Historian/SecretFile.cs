namespace EdgeAlarm.Historian;

/// <summary>A password in a file of its own; its content never reaches a message.</summary>
internal static class SecretFile
{
    internal static string Read(string key, string path)
    {
        try
        {
            using var file = File.OpenText(path);
            return file.ReadLine() ?? throw new HistorianSettingsException([$"{key}: {path} is empty; the password has to be its first line"]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new HistorianSettingsException([$"{key}: {path} cannot be read: {fault.Message}"], fault);
        }
    }
}
