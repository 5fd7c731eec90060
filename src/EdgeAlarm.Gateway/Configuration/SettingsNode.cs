using System.Text;
using System.Text.Json;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>One value of a settings file with its place in it. The framework's readers forget the place, and a fault without its place sends people searching.</summary>
internal sealed class SettingsNode
{
    public required string File { get; init; }

    public required int Line { get; init; }

    public required int Column { get; init; }

    public required JsonTokenType Type { get; init; }

    /// <summary>A scalar as written; null for objects and arrays.</summary>
    public string? Text { get; init; }

    public Dictionary<string, SettingsNode> Members { get; } = new(StringComparer.Ordinal);

    public List<SettingsNode> Items { get; } = [];

    /// <summary>Reads a settings file (JSON with comments and trailing commas); null if it has a fault of syntax.</summary>
    public static SettingsNode? Parse(string file, byte[] bytes, FaultList faults)
    {
        var content = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes;
        var reader = new Utf8JsonReader(content, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            reader.Read();
            var root = Read(ref reader, file, content, faults);
            while (reader.Read())
            {
                // nothing but comments may follow; anything else throws
            }

            return root;
        }
        catch (JsonException failure)
        {
            faults.Add(file, (int)(failure.LineNumber ?? 0) + 1, $"{(failure.BytePositionInLine ?? 0) + 1}", null, $"is no valid JSON: {FirstSentence(failure.Message)}");
            return null;
        }
    }

    /// <summary>A value that came from an environment variable.</summary>
    public static SettingsNode FromEnvironment(string variable, string value) =>
        new() { File = variable, Line = 0, Column = 0, Type = JsonTokenType.String, Text = value };

    private static SettingsNode Read(ref Utf8JsonReader reader, string file, ReadOnlySpan<byte> content, FaultList faults)
    {
        var before = content[..(int)reader.TokenStartIndex];
        var node = new SettingsNode
        {
            File = file,
            Line = before.Count((byte)'\n') + 1,
            Column = before.Length - before.LastIndexOf((byte)'\n'),
            Type = reader.TokenType,
            Text = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
                _ => null,
            },
        };
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadMembers(ref reader, node, content, faults);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                node.Items.Add(Read(ref reader, file, content, faults));
            }
        }

        return node;
    }

    private static void ReadMembers(ref Utf8JsonReader reader, SettingsNode node, ReadOnlySpan<byte> content, FaultList faults)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            var member = Read(ref reader, node.File, content, faults);
            if (!node.Members.TryAdd(name, member))
            {
                faults.Add(member.File, member.Line, $"{member.Column}", name, "stands twice in this object; keep one.");
            }
        }
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..(end + 1)];
    }
}
