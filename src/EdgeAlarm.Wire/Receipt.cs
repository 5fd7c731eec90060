using System.Buffers;

namespace EdgeAlarm.Wire;

/// <summary>
/// The historian's word that it committed every event of an epoch up to and including <see cref="Through"/> (topic <c>receipt</c>, retained, QoS 1):
/// <c>{"epoch","through","session","hash","conflict"}</c>. Cumulative; only it lets an event leave the outbox.
/// </summary>
/// <param name="Epoch">The epoch it speaks of.</param>
/// <param name="Through">Last seq of the contiguous run that is committed; 0 if none.</param>
/// <param name="Session">Random for each start of the historian. A new one with a lower <see cref="Through"/> means that its database was restored.</param>
/// <param name="Hash">
/// SHA-256, in lower-case hexadecimal, of the event at <see cref="Through"/> as it came: a gateway whose own event there is another one runs on an older image of its disk, or beside a clone of it.
/// Empty where nothing came under that seq.
/// </param>
/// <param name="HasConflict">Whether events of this epoch came twice with different content. <see cref="Through"/> stops before the first of them.</param>
public sealed record Receipt(Guid Epoch, long Through, string Session, string Hash = "", bool HasConflict = false)
{
    /// <summary>Writes the message.</summary>
    /// <param name="output">Takes the UTF-8 bytes.</param>
    public void Write(IBufferWriter<byte> output)
    {
        using var json = WireWriter.Create(output);
        json.WriteStartObject();
        json.WriteString("epoch", Epoch);
        json.WriteNumber("through", Through);
        WireWriter.Text(json, "session", Session);
        if (Hash.Length > 0)
        {
            WireWriter.Text(json, "hash", Hash);
        }

        if (HasConflict)
        {
            json.WriteBoolean("conflict", true);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads the message.</summary>
    /// <param name="utf8">Any bytes.</param>
    /// <exception cref="WireFormatException">The bytes are no receipt; the message names the member.</exception>
    public static Receipt Parse(ReadOnlySpan<byte> utf8) => WireReader.Object(
        utf8,
        static root => new Receipt(
            WireReader.Epoch(root, "epoch"),
            WireReader.Whole(root, "through", 0),
            WireReader.NonEmptyText(root, "session"),
            WireReader.OptionalText(root, "hash") ?? "",
            WireReader.OptionalTruth(root, "conflict", "conflict") ?? false));
}
