using System.Text.Json;

namespace EdgeAlarm.Evaluation;

/// <summary>Reads what the evaluator needs from an event's payload as it lies in the historian's table.</summary>
internal static class StoredFacts
{
    /// <summary>Reads one payload.</summary>
    public static StoredFact Parse(Guid epoch, long seq, string payload)
    {
        using var document = JsonDocument.Parse(payload);
        var root = document.RootElement;
        var interval = root.TryGetProperty("interval", out var found) ? found : (JsonElement?)null;
        return new(
            epoch,
            seq,
            root.GetProperty("kind").GetString()!,
            Text(root, "alarm"),
            Text(root, "occurrence"),
            root.GetProperty("times").GetProperty("condition").GetDateTime().ToUniversalTime(),
            Text(root, "tag"),
            interval?.GetProperty("start").GetDateTime().ToUniversalTime(),
            interval?.GetProperty("end").GetDateTime().ToUniversalTime());
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
}
