using System.Text.Json;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.Gateway.Certificates;

/// <summary>The ledger on disk: <c>certificates.json</c> in the data folder. It saves repeating messages after a restart; a lost one costs no more than that.</summary>
internal static class CertificateLedgerFile
{
    public const string Name = "certificates.json";

    public static CertificateLedger Read(string dataFolder)
    {
        try
        {
            return JsonSerializer.Deserialize<CertificateLedger>(File.ReadAllBytes(Path.Combine(dataFolder, Name)), JsonSerializerOptions.Web) ?? new();
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException or JsonException)
        {
            return new();
        }
    }

    /// <returns>False where the disk refused it.</returns>
    public static bool TryWrite(string dataFolder, CertificateLedger ledger)
    {
        try
        {
            DurableFolder.Write(Path.Combine(dataFolder, Name), JsonSerializer.SerializeToUtf8Bytes(ledger, JsonSerializerOptions.Web));
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
