using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>
/// What the engine needs of a configuration, in one canonical form: the same settings give the same bytes, whatever the spelling of the files. It is kept under its
/// hash for as long as a journal segment names it, so that any recording can be folded again (rule R4).
/// </summary>
public sealed class NormalisedConfiguration
{
    // 1 had no levels, 2 neither a longest silence nor limits of chattering; whatever else it has not has its default, so that it is read as it was meant
    private const int FormatVersion = 3;
    private const int OldestVersion = 1;

    private NormalisedConfiguration(string site, string gateway, AlarmConfiguration alarms, ReadOnlyMemory<byte> bytes)
    {
        Site = site;
        Gateway = gateway;
        Alarms = alarms;
        Bytes = bytes;
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
    }

    /// <summary>Site id.</summary>
    public string Site { get; }

    /// <summary>Gateway id.</summary>
    public string Gateway { get; }

    /// <summary>Sources, tags and alarms by index.</summary>
    public AlarmConfiguration Alarms { get; }

    /// <summary>The canonical bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SHA-256 of <see cref="Bytes"/>, 64 lower-case hex digits.</summary>
    public string Hash { get; }

    /// <summary>Normalises a validated configuration.</summary>
    public static NormalisedConfiguration Create(string site, string gateway, AlarmConfiguration alarms)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, site, gateway, alarms);
        }

        return new(site, gateway, alarms, buffer.WrittenMemory);
    }

    /// <summary>Reads back what <see cref="Create"/> made.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged or of another version.</exception>
    public static NormalisedConfiguration Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            var version = root.GetProperty("version").GetInt32();
            if (version is < OldestVersion or > FormatVersion)
            {
                throw new InvalidDataException($"The stored configuration has format version {version}; this build reads versions {OldestVersion} to {FormatVersion}.");
            }

            return new(root.GetProperty("site").GetString()!, root.GetProperty("gateway").GetString()!, ReadAlarms(root), bytes.ToArray());
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or InvariantViolation)
        {
            throw new InvalidDataException($"The stored configuration cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Whether another configuration is of the same gateway and has the same sources and tags, in the same order.</summary>
    public bool HasSameTags(NormalisedConfiguration other) =>
        (Site, Gateway) == (other.Site, other.Gateway) && Alarms.Sources.SequenceEqual(other.Alarms.Sources) && Alarms.Tags.SequenceEqual(other.Alarms.Tags);

    private static void Write(Utf8JsonWriter json, string site, string gateway, AlarmConfiguration alarms)
    {
        json.WriteStartObject();
        json.WriteNumber("version", FormatVersion);
        json.WriteString("site", site);
        json.WriteString("gateway", gateway);
        json.WriteStartArray("sources");
        foreach (var source in alarms.Sources)
        {
            json.WriteStringValue(source.Name);
        }

        json.WriteEndArray();
        json.WriteStartArray("tags");
        foreach (var tag in alarms.Tags)
        {
            json.WriteStartObject();
            json.WriteString("name", tag.Name);
            json.WriteNumber("source", tag.Source);
            json.WriteString("unit", tag.Unit);
            json.WriteNumber("staleAfterTicks", tag.StaleAfter.Ticks);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("alarms");
        foreach (var alarm in alarms.Alarms)
        {
            Write(json, alarm);
        }

        json.WriteEndArray();
        NormalisedHandling.Write(json, alarms);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AlarmDefinition alarm)
    {
        json.WriteStartObject();
        json.WriteString("id", alarm.Id);
        json.WriteNumber("tag", alarm.Tag);
        json.WriteString("area", alarm.Area);
        json.WriteString("message", alarm.Message);
        json.WriteString("type", alarm.Type.ToString());
        json.WriteNumber("setpoint", alarm.Setpoint);
        json.WriteNumber("deadband", alarm.Deadband);
        json.WriteNumber("onDelayTicks", alarm.OnDelay.Ticks);
        json.WriteNumber("offDelayTicks", alarm.OffDelay.Ticks);
        json.WriteString("badQuality", alarm.BadQuality.ToString());
        json.WriteString("priority", alarm.Priority.ToString());
        json.WriteString("class", alarm.Class);
        json.WriteBoolean("ackRequired", alarm.AckRequired);
        NormalisedCondition.Write(json, alarm);
        NormalisedHandling.Write(json, alarm.Handling);
        json.WriteEndObject();
    }

    private static AlarmConfiguration ReadAlarms(JsonElement root) => NormalisedHandling.ReadInto(root, new(
        [.. root.GetProperty("sources").EnumerateArray().Select(source => new SourceDefinition(source.GetString()!))],
        [.. root.GetProperty("tags").EnumerateArray().Select(ReadTag)],
        [.. root.GetProperty("alarms").EnumerateArray().Select(ReadAlarm)]));

    private static TagDefinition ReadTag(JsonElement tag) => new(Text(tag, "name"), tag.GetProperty("source").GetInt32(), Text(tag, "unit"))
    {
        StaleAfter = tag.TryGetProperty("staleAfterTicks", out var ticks) ? new(ticks.GetInt64()) : TimeSpan.Zero,
    };

    private static AlarmDefinition ReadAlarm(JsonElement alarm) => NormalisedCondition.ReadInto(alarm, new AlarmDefinition(
        Text(alarm, "id"),
        alarm.GetProperty("tag").GetInt32(),
        Text(alarm, "area"),
        Text(alarm, "message"),
        Enum.Parse<ConditionType>(Text(alarm, "type")),
        alarm.GetProperty("setpoint").GetDouble(),
        alarm.GetProperty("deadband").GetDouble(),
        new TimeSpan(alarm.GetProperty("onDelayTicks").GetInt64()),
        new TimeSpan(alarm.GetProperty("offDelayTicks").GetInt64()),
        Enum.Parse<BadQualityPolicy>(Text(alarm, "badQuality")),
        Enum.Parse<AlarmPriority>(Text(alarm, "priority")),
        Text(alarm, "class"),
        alarm.GetProperty("ackRequired").GetBoolean())
    {
        Handling = NormalisedHandling.Read(alarm),
    });

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new InvalidDataException($"The stored configuration has no {name}.");
}
