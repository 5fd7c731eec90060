using System.Buffers;

namespace EdgeAlarm.Wire;

/// <summary>
/// The events of an epoch that a gateway still holds (topic <c>outbox</c>, retained, QoS 1): <c>{"epoch","first","last","session"}</c>. A historian whose watermark lies below
/// <c>first - 1</c> will never get the events between: it records their loss and goes on.
/// </summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="First">Lowest seq held, at least 1; <c>last + 1</c> if none is held.</param>
/// <param name="Last">Highest seq of the epoch so far, at least 0.</param>
/// <param name="Session">
/// The <see cref="Receipt.Session"/> of the receipt that the gateway took last for this epoch; empty before the first. What is missing counts as lost only by the word of a gateway that knows what the
/// historian has: after a restore of the centre's database it fills in again what it sees missing.
/// </param>
public sealed record OutboxRange(Guid Epoch, long First, long Last, string Session = "")
{
    /// <summary>Number of events within.</summary>
    public long Count => Last - First + 1;

    /// <summary>Writes the message.</summary>
    /// <param name="output">Takes the UTF-8 bytes.</param>
    public void Write(IBufferWriter<byte> output)
    {
        using var json = WireWriter.Create(output);
        json.WriteStartObject();
        json.WriteString("epoch", Epoch);
        json.WriteNumber("first", First);
        json.WriteNumber("last", Last);
        if (Session.Length > 0)
        {
            WireWriter.Text(json, "session", Session);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads the message.</summary>
    /// <param name="utf8">Any bytes.</param>
    /// <exception cref="WireFormatException">The bytes are no range; the message names the member.</exception>
    public static OutboxRange Parse(ReadOnlySpan<byte> utf8) => WireReader.Object(utf8, static root =>
    {
        var range = new OutboxRange(WireReader.Epoch(root, "epoch"), WireReader.Whole(root, "first", 1), WireReader.Whole(root, "last", 0), WireReader.OptionalText(root, "session") ?? "");
        return range.First - 1 <= range.Last ? range : throw new WireFormatException("first", "must be at most last + 1");
    });
}
