using System.Text.Json;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Historian.Storage;

/// <summary>One event as it came from the broker: its key, the columns of its row, its bytes and their hash.</summary>
public sealed record IncomingEvent
{
    /// <summary>The kind of a row whose bytes could not be read or stored: the bytes lie in <c>event_rejected</c>, the row keeps the sequence dense.</summary>
    public const string RejectedKind = "Rejected";

    /// <summary>The kind of the marker that a gateway sends in place of an event that it had to give up.</summary>
    public const string LossKind = "Loss";

    /// <summary>The key.</summary>
    public required EventKey Key { get; init; }

    /// <summary>SHA-256 of the bytes that came, 32 bytes.</summary>
    public required byte[] ContentHash { get; init; }

    /// <summary>JSON for the payload column.</summary>
    public required string Payload { get; init; }

    /// <summary>The event's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>When it happened in the plant, UTC.</summary>
    public required DateTime EventTime { get; init; }

    /// <summary>Alarm id; null where the event belongs to none.</summary>
    public string? Alarm { get; init; }

    /// <summary>Occurrence; null where the event belongs to none.</summary>
    public string? Occurrence { get; init; }

    /// <summary>Lifecycle state after the event; null where it says none.</summary>
    public string? State { get; init; }

    /// <summary>The level that an alarm with levels shows; null for others.</summary>
    public string? Level { get; init; }

    /// <summary>Priority.</summary>
    public string? Priority { get; init; }

    /// <summary>Area.</summary>
    public string? Area { get; init; }

    /// <summary>Operator text.</summary>
    public string? Message { get; init; }

    /// <summary>Reason, comment or detail.</summary>
    public string? Reason { get; init; }

    /// <summary>Reads a message from an <c>events</c> topic.</summary>
    /// <param name="topics">The topic's gateway.</param>
    /// <param name="payload">The bytes.</param>
    /// <exception cref="WireFormatException">They are no event, or one of another gateway: the topic is what the broker's access list vouches for.</exception>
    public static IncomingEvent Parse(Topics topics, ReadOnlySpan<byte> payload)
    {
        var message = EventJson.Parse(payload);
        if (message.Site != topics.Site || message.Gateway != topics.Gateway)
        {
            throw new WireFormatException("gateway", $"{message.Site}/{message.Gateway} came on the topic of {NameOf(topics)}");
        }

        return new IncomingEvent
        {
            Key = new EventKey(NameOf(topics), message.Epoch, message.Seq),
            ContentHash = Wire.ContentHash.Of(payload),
            Payload = System.Text.Encoding.UTF8.GetString(payload),
            Kind = message.Kind,
            EventTime = message.ConditionTime,
            Alarm = message.Alarm,
            Occurrence = message.Occurrence,
            State = message.State,
            Level = message.Level,
            Priority = message.Priority,
            Area = message.Area,
            Message = message.Message,
            Reason = message.Reason,
        };
    }

    /// <summary>The row that takes the place of an event that cannot be read or stored, so that its neighbours are receipted all the same.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="contentHash">Hash of the bytes that came.</param>
    /// <param name="reason">Why.</param>
    /// <param name="at">The centre's time, UTC: the event's own is not to be had.</param>
    public static IncomingEvent Rejected(EventKey key, byte[] contentHash, string reason, DateTime at) => new()
    {
        Key = key,
        ContentHash = contentHash,
        Payload = JsonSerializer.Serialize(reason),
        Kind = RejectedKind,
        EventTime = at,
        Reason = reason,
    };

    /// <summary>The name of a gateway in every table: <c>{site}/{gateway}</c>.</summary>
    public static string NameOf(Topics topics) => $"{topics.Site}/{topics.Gateway}";
}
