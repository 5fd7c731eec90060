using System.Buffers;

namespace EdgeAlarm.Wire;

/// <summary>
/// What became of a command (topic <c>response</c>, QoS 1, not retained): <c>{"v":1,"id","principal","outcome","detail","at"}</c>. It is sent when the outcome is on the gateway's disk.
/// </summary>
/// <param name="Id">The command's id.</param>
/// <param name="Principal">Who sent it, by its topic.</param>
/// <param name="Outcome">A word: <c>Accepted</c>, or why not.</param>
/// <param name="Detail">The same in words, with the next step; empty where it was accepted.</param>
/// <param name="At">Wall clock of the gateway, UTC.</param>
public sealed record CommandAnswer(Guid Id, string Principal, string Outcome, string Detail, DateTime At)
{
    /// <summary>Writes the message.</summary>
    /// <param name="output">Takes the UTF-8 bytes.</param>
    public void Write(IBufferWriter<byte> output)
    {
        using var json = WireWriter.Create(output);
        json.WriteStartObject();
        json.WriteNumber("v", 1);
        json.WriteString("id", Id);
        WireWriter.Text(json, "principal", Principal);
        WireWriter.Text(json, "outcome", Outcome);
        if (Detail.Length > 0)
        {
            WireWriter.Text(json, "detail", Detail);
        }

        WireWriter.Time(json, "at", At);
        json.WriteEndObject();
    }

    /// <summary>Reads the message.</summary>
    /// <param name="utf8">Any bytes.</param>
    /// <exception cref="WireFormatException">The bytes are no answer; the message names the member.</exception>
    public static CommandAnswer Parse(ReadOnlySpan<byte> utf8) => WireReader.Object(utf8, static root => new CommandAnswer(
        WireReader.Epoch(root, "id"),
        WireReader.NonEmptyText(root, "principal"),
        WireReader.NonEmptyText(root, "outcome"),
        WireReader.OptionalText(root, "detail") ?? "",
        WireReader.Time(root, "at", "at")));
}
