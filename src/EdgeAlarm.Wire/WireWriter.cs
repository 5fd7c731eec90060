using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeAlarm.Wire;

/// <summary>What every message is written with: the same settings give the same bytes.</summary>
internal static class WireWriter
{
    // The bytes go to MQTT and a database, never into a page: text stays readable instead of being escaped for HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    internal static Utf8JsonWriter Create(IBufferWriter<byte> output) => new(output, Options);

    internal static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, Bounded(text, WireLimits.TextLengthMax));
        }
    }

    internal static void Time(Utf8JsonWriter json, string name, DateTime? time)
    {
        if (time is { } present)
        {
            Span<char> digits = stackalloc char[28];
            present.TryFormat(digits, out var length, "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
            json.WriteString(name, digits[..length]);
        }
    }

    internal static void Number(Utf8JsonWriter json, string name, double? number)
    {
        if (number is not { } present)
        {
            return;
        }

        if (double.IsFinite(present))
        {
            json.WriteNumber(name, present);
        }
        else
        {
            json.WriteString(name, double.IsNaN(present) ? "NaN" : present > 0 ? "Infinity" : "-Infinity");
        }
    }

    /// <summary>Cuts what is too long, and replaces NUL, which JSON can carry and PostgreSQL's jsonb cannot.</summary>
    internal static string Bounded(string text, int lengthMax)
    {
        var cut = text.Length <= lengthMax
            ? text
            : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[lengthMax - 2]) ? lengthMax - 2 : lengthMax - 1), "…");
        return cut.Replace('\0', '\uFFFD');
    }
}
