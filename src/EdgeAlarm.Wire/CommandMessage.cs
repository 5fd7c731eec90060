using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace EdgeAlarm.Wire;

/// <summary>
/// A command from the centre (topic <c>command/{principal}</c>, QoS 1, never retained): <c>{"v":1,"id","verb","alarm","occurrence","for","by","note","sent"}</c>. Sent again with
/// the same bytes it is the same command: it has one effect and one answer.
/// </summary>
public sealed record CommandMessage
{
    private const int FormatVersion = 1;

    /// <summary>Longest <see cref="By"/> in UTF-16 units.</summary>
    public const int ByLengthMax = 64;

    /// <summary>Longest <see cref="Note"/> in UTF-16 units.</summary>
    public const int NoteLengthMax = 500;

    /// <summary>Identity, chosen by the sender, new for each command.</summary>
    public required Guid Id { get; init; }

    /// <summary>What is asked for.</summary>
    public required CommandVerb Verb { get; init; }

    /// <summary>The alarm's id.</summary>
    public required string Alarm { get; init; }

    /// <summary>Which occurrence the operator saw, as its events name it (<c>{epoch}:{seq}</c>); an acknowledgement needs it.</summary>
    public string? Occurrence { get; init; }

    /// <summary>For how long (<c>30m</c>), or <c>once</c>: a shelving until the condition returns. A shelving or a removal from service needs it.</summary>
    public string? For { get; init; }

    /// <summary>The operator's name as the sender claims it; empty if it claims none.</summary>
    public string By { get; init; } = "";

    /// <summary>Note or reason; empty if there is none.</summary>
    public string Note { get; init; } = "";

    /// <summary>When the operator gave it by the sender's clock, UTC.</summary>
    public required DateTime Sent { get; init; }

    /// <summary>Writes the message.</summary>
    /// <param name="output">Takes the UTF-8 bytes.</param>
    public void Write(IBufferWriter<byte> output)
    {
        using var json = WireWriter.Create(output);
        json.WriteStartObject();
        json.WriteNumber("v", FormatVersion);
        json.WriteString("id", Id);
        json.WriteString("verb", CommandWords.Of(Verb));
        WireWriter.Text(json, "alarm", Alarm);
        WireWriter.Text(json, "occurrence", Occurrence);
        WireWriter.Text(json, "for", For);
        WireWriter.Text(json, "by", By);
        WireWriter.Text(json, "note", Note);
        WireWriter.Time(json, "sent", Sent);
        json.WriteEndObject();
    }

    /// <summary>Reads the message. A member that it does not know is ignored: it comes from a newer sender.</summary>
    /// <param name="utf8">Any bytes.</param>
    /// <exception cref="WireFormatException">The bytes are no command of version 1; the message names the member.</exception>
    public static CommandMessage Parse(ReadOnlySpan<byte> utf8) => WireReader.Object(utf8, static root =>
    {
        var version = WireReader.Whole(root, "v", 1);
        if (version != FormatVersion)
        {
            throw new WireFormatException("v", string.Create(CultureInfo.InvariantCulture, $"version {version}; this build reads version {FormatVersion}"));
        }

        return new CommandMessage
        {
            Id = WireReader.Epoch(root, "id"),
            Verb = CommandWords.Parse(WireReader.Text(root, "verb")) ?? throw new WireFormatException("verb", $"allowed: {string.Join(", ", CommandWords.All)}"),
            Alarm = WireReader.NonEmptyText(root, "alarm"),
            Occurrence = WireReader.OptionalText(root, "occurrence"),
            For = WireReader.OptionalText(root, "for"),
            By = Line(root, "by", ByLengthMax),
            Note = Line(root, "note", NoteLengthMax),
            Sent = WireReader.Time(root, "sent", "sent"),
        };
    });

    // one line: a name or a note that breaks the line could forge another in a list or a log
    private static string Line(JsonElement root, string name, int lengthMax)
    {
        var text = WireReader.OptionalText(root, name, lengthMax) ?? "";
        return text.Any(char.IsControl) ? throw new WireFormatException(name, "holds a control character; one line of text is allowed") : text.Trim();
    }
}
