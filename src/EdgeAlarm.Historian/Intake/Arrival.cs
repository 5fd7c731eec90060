using System.Text.Json;
using EdgeAlarm.Historian.Storage;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Historian.Intake;

/// <summary>One message from the broker that waits for its transaction, and the way to acknowledge it.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Payload">Its bytes, our own copy.</param>
/// <param name="AcknowledgeAsync">Sends the PUBACK; throws anything if the connection is gone.</param>
internal sealed record Arrival(string Topic, byte[] Payload, Func<CancellationToken, Task> AcknowledgeAsync)
{
    /// <summary>What the bytes are to us: an <see cref="IncomingEvent"/>, <see cref="GatewayStatus"/>, <see cref="OutboxRange"/>, a <see cref="RejectedPayload"/>, or null for nothing (a
    /// retained message that was removed).</summary>
    internal object? Read()
    {
        if (Payload.Length == 0)
        {
            return null;
        }

        var topics = Topics.Parse(Topic);
        try
        {
            return topics switch
            {
                null => Rejected(Topic, "the topic names no gateway", null),
                _ when Topic == topics.Events || Topic == topics.Live => IncomingEvent.Parse(topics, Payload),
                _ when Topic == topics.Status => GatewayStatus.Parse(Payload),
                _ when Topic == topics.Outbox => OutboxRange.Parse(Payload),
                _ => Rejected(IncomingEvent.NameOf(topics), $"nothing is expected on {Topic}", null),
            };
        }
        catch (WireFormatException fault)
        {
            var gateway = IncomingEvent.NameOf(topics!); // a parser ran, so the topic was one
            return Rejected(gateway, fault.Message, Topic == topics!.Events ? Key(gateway) : null);
        }
    }

    private RejectedPayload Rejected(string gateway, string reason, EventKey? key) => new(gateway, Payload, ContentHash.Of(Payload), reason, key);

    /// <summary>Epoch and seq of bytes that are no event of ours but may be one of a newer gateway: with them its neighbours need not wait.</summary>
    private EventKey? Key(string gateway)
    {
        try
        {
            using var document = JsonDocument.Parse(Payload);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("gateway", out var name) && name.ValueKind == JsonValueKind.String && gateway.EndsWith("/" + name.GetString(), StringComparison.Ordinal)
                && root.TryGetProperty("epoch", out var epoch) && epoch.ValueKind == JsonValueKind.String && epoch.TryGetGuid(out var id)
                && root.TryGetProperty("seq", out var seq) && seq.ValueKind == JsonValueKind.Number && seq.TryGetInt64(out var number) && number > 0
                ? new EventKey(gateway, id, number)
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
