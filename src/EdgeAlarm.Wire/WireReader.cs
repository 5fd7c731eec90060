using System.Globalization;
using System.Text.Json;

namespace EdgeAlarm.Wire;

/// <summary>Members of a parsed message, each either as the format says or a <see cref="WireFormatException"/> that names it.</summary>
internal static class WireReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Parses a bounded object and hands its members to <paramref name="read"/>; the result must not keep elements.</summary>
    internal static T Object<T>(ReadOnlySpan<byte> utf8, Func<JsonElement, T> read)
    {
        if (utf8.Length > WireLimits.MessageLengthMax)
        {
            throw new WireFormatException("$", string.Create(CultureInfo.InvariantCulture, $"{utf8.Length} bytes; at most {WireLimits.MessageLengthMax} are allowed"));
        }

        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray(), Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? read(document.RootElement)
                : throw new WireFormatException("$", "an object is required");
        }
        catch (JsonException failure)
        {
            throw new WireFormatException("$", $"no JSON ({failure.Message})", failure);
        }
        catch (InvalidOperationException failure)
        {
            // A lone surrogate or broken UTF-8 within a text or a member's name.
            throw new WireFormatException("$", $"text that is no Unicode ({failure.Message})", failure);
        }
    }

    internal static string Text(JsonElement parent, string name) => OptionalText(parent, name) ?? throw Missing(name);

    internal static string NonEmptyText(JsonElement parent, string name) =>
        Text(parent, name) is { Length: > 0 } text ? text : throw new WireFormatException(name, "must not be empty");

    internal static string? OptionalText(JsonElement parent, string name, int lengthMax = WireLimits.TextLengthMax) =>
        Find(parent, name) is { } member ? AsText(member, name, lengthMax) : null;

    internal static string AsText(JsonElement element, string member, int lengthMax)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            throw new WireFormatException(member, "a text is required");
        }

        string text;
        try
        {
            text = element.GetString()!; // not null: the kind is String
        }
        catch (InvalidOperationException failure)
        {
            throw new WireFormatException(member, "text that is no Unicode", failure);
        }

        if (text.Length > lengthMax)
        {
            throw new WireFormatException(member, string.Create(CultureInfo.InvariantCulture, $"{text.Length} characters; at most {lengthMax} are allowed"));
        }

        return text.Contains('\0', StringComparison.Ordinal) ? throw new WireFormatException(member, "contains NUL") : text;
    }

    internal static long Whole(JsonElement parent, string name, long min) =>
        (Find(parent, name) ?? throw Missing(name)) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt64(out var number) && number >= min
            ? number
            : throw new WireFormatException(name, string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {min} is required"));

    internal static double? OptionalNumber(JsonElement parent, string name, string path)
    {
        if (Find(parent, name) is not { } member)
        {
            return null;
        }

        if (member.ValueKind == JsonValueKind.Number && member.TryGetDouble(out var number) && double.IsFinite(number))
        {
            return number;
        }

        return member.ValueKind != JsonValueKind.String
            ? throw new WireFormatException(path, "a number is required")
            : AsText(member, path, WireLimits.TextLengthMax) switch
            {
                "NaN" => double.NaN,
                "Infinity" => double.PositiveInfinity,
                "-Infinity" => double.NegativeInfinity,
                _ => throw new WireFormatException(path, "a number, or one of the texts NaN, Infinity and -Infinity, is required"),
            };
    }

    internal static bool? OptionalTruth(JsonElement parent, string name, string path) => Find(parent, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new WireFormatException(path, "true or false is required"),
    };

    internal static Guid Epoch(JsonElement parent, string name) =>
        Guid.TryParseExact(Text(parent, name), "D", out var epoch) ? epoch : throw new WireFormatException(name, "a UUID (8-4-4-4-12 hex digits) is required");

    internal static DateTime Time(JsonElement parent, string name, string path) => OptionalTime(parent, name, path) ?? throw Missing(path);

    internal static DateTime? OptionalTime(JsonElement parent, string name, string path)
    {
        if (Find(parent, name) is not { } member)
        {
            return null;
        }

        // "Z" is demanded: with an offset or without any, the result would depend on the time zone of the machine that reads.
        return member.ValueKind == JsonValueKind.String && member.TryGetDateTime(out var time) && time.Kind == DateTimeKind.Utc
            ? time
            : throw new WireFormatException(path, "an ISO 8601 time in UTC (…Z) is required");
    }

    internal static JsonElement? OptionalObject(JsonElement parent, string name) => Find(parent, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } member => member,
        _ => throw new WireFormatException(name, "an object is required"),
    };

    internal static JsonElement? Find(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    internal static WireFormatException Missing(string member) => new(member, "is missing");
}
