using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace EdgeAlarm.Wire;

/// <summary>
/// The JSON of an event, version 1: members in a fixed order, those that an event does not have left out, times as ISO 8601 in UTC with seven digits, the status as
/// <c>0x</c> and eight hex digits. Equal events give equal bytes. A parser ignores members it does not know: they come from a newer gateway.
/// </summary>
public static class EventJson
{
    private const int FormatVersion = 1;

    /// <summary>Writes one event. Texts beyond <see cref="WireLimits.TextLengthMax"/> are cut; further flags beyond <see cref="WireLimits.FlagCountMax"/> are left out.</summary>
    /// <param name="output">Takes the UTF-8 bytes, at most <see cref="WireLimits.MessageLengthMax"/>.</param>
    /// <param name="message">The event; its times are taken as UTC.</param>
    public static void Write(IBufferWriter<byte> output, EventMessage message)
    {
        using var json = WireWriter.Create(output);
        json.WriteStartObject();
        json.WriteNumber("v", message.Version);
        WireWriter.Text(json, "site", message.Site);
        WireWriter.Text(json, "gateway", message.Gateway);
        json.WriteString("epoch", message.Epoch);
        json.WriteNumber("seq", message.Seq);
        WireWriter.Text(json, "kind", message.Kind);
        WireWriter.Text(json, "alarm", message.Alarm);
        WireWriter.Text(json, "occurrence", message.Occurrence);
        WireWriter.Text(json, "state", message.State);
        WireWriter.Text(json, "level", message.Level);
        WriteWords(json, "suppression", message.Suppression);
        WireWriter.Text(json, "priority", message.Priority);
        WireWriter.Text(json, "class", message.Class);
        WireWriter.Text(json, "area", message.Area);
        WireWriter.Text(json, "message", message.Message);
        WireWriter.Text(json, "source", message.Source);
        WireWriter.Text(json, "tag", message.Tag);
        WireWriter.Number(json, "value", message.Value);
        WireWriter.Text(json, "unit", message.Unit);
        WireWriter.Number(json, "setpoint", message.Setpoint);
        WriteStatus(json, message.Status);
        WriteTimes(json, message);
        WriteClock(json, message);
        WriteInterval(json, message);
        WriteWords(json, "flags", message.Flags);
        WireWriter.Text(json, "name", message.Name);
        WireWriter.Text(json, "by", message.By);
        WireWriter.Text(json, "reason", message.Reason);
        WireWriter.Text(json, "cause", message.Cause);
        json.WriteEndObject();
    }

    /// <summary>Reads one event.</summary>
    /// <param name="utf8">The message, any bytes.</param>
    /// <exception cref="WireFormatException">The bytes are no event of version 1; the message names the member.</exception>
    public static EventMessage Parse(ReadOnlySpan<byte> utf8) => WireReader.Object(utf8, Read);

    private static void WriteStatus(Utf8JsonWriter json, uint? status)
    {
        if (status is { } present)
        {
            Span<char> digits = stackalloc char[10];
            digits.TryWrite(CultureInfo.InvariantCulture, $"0x{present:X8}", out _);
            json.WriteString("status", digits);
        }
    }

    private static void WriteTimes(Utf8JsonWriter json, EventMessage message)
    {
        json.WriteStartObject("times");
        WireWriter.Time(json, "source", message.SourceTime);
        WireWriter.Time(json, "server", message.ServerTime);
        WireWriter.Time(json, "received", message.ReceivedAt);
        WireWriter.Time(json, "plant", message.PlantTime);
        WireWriter.Time(json, "condition", message.ConditionTime);
        json.WriteEndObject();
    }

    private static void WriteClock(Utf8JsonWriter json, EventMessage message)
    {
        if (message.ClockOffsetMilliseconds is null && message.ClockSynchronised is null)
        {
            return;
        }

        json.WriteStartObject("clock");
        WireWriter.Number(json, "offsetMs", message.ClockOffsetMilliseconds);
        if (message.ClockSynchronised is { } synchronised)
        {
            json.WriteBoolean("synchronised", synchronised);
        }

        json.WriteEndObject();
    }

    private static void WriteInterval(Utf8JsonWriter json, EventMessage message)
    {
        if (message.IntervalStart is null && message.IntervalEnd is null)
        {
            return;
        }

        json.WriteStartObject("interval");
        WireWriter.Time(json, "start", message.IntervalStart);
        WireWriter.Time(json, "end", message.IntervalEnd);
        json.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        for (var i = 0; i < Math.Min(words.Count, WireLimits.FlagCountMax); i++)
        {
            json.WriteStringValue(WireWriter.Bounded(words[i], WireLimits.FlagLengthMax));
        }

        json.WriteEndArray();
    }

    private static EventMessage Read(JsonElement root)
    {
        var version = WireReader.Whole(root, "v", 1);
        if (version != FormatVersion)
        {
            throw new WireFormatException("v", string.Create(CultureInfo.InvariantCulture, $"version {version}; this build reads version {FormatVersion}"));
        }

        var times = WireReader.OptionalObject(root, "times") ?? throw WireReader.Missing("times");
        var clock = WireReader.OptionalObject(root, "clock");
        var interval = WireReader.OptionalObject(root, "interval");
        return new EventMessage
        {
            Version = FormatVersion,
            Site = WireReader.NonEmptyText(root, "site"),
            Gateway = WireReader.NonEmptyText(root, "gateway"),
            Epoch = WireReader.Epoch(root, "epoch"),
            Seq = WireReader.Whole(root, "seq", 1),
            Kind = WireReader.NonEmptyText(root, "kind"),
            Cause = WireReader.NonEmptyText(root, "cause"),
            Alarm = WireReader.OptionalText(root, "alarm"),
            Occurrence = WireReader.OptionalText(root, "occurrence"),
            State = WireReader.OptionalText(root, "state"),
            Level = WireReader.OptionalText(root, "level"),
            Suppression = ReadWords(root, "suppression"),
            Priority = WireReader.OptionalText(root, "priority"),
            Class = WireReader.OptionalText(root, "class"),
            Area = WireReader.OptionalText(root, "area"),
            Message = WireReader.OptionalText(root, "message"),
            Source = WireReader.OptionalText(root, "source"),
            Tag = WireReader.OptionalText(root, "tag"),
            Value = WireReader.OptionalNumber(root, "value", "value"),
            Unit = WireReader.OptionalText(root, "unit"),
            Setpoint = WireReader.OptionalNumber(root, "setpoint", "setpoint"),
            Status = ReadStatus(root),
            SourceTime = WireReader.OptionalTime(times, "source", "times.source"),
            ServerTime = WireReader.OptionalTime(times, "server", "times.server"),
            ReceivedAt = WireReader.OptionalTime(times, "received", "times.received"),
            PlantTime = WireReader.Time(times, "plant", "times.plant"),
            ConditionTime = WireReader.Time(times, "condition", "times.condition"),
            ClockOffsetMilliseconds = clock is { } offset ? WireReader.OptionalNumber(offset, "offsetMs", "clock.offsetMs") : null,
            ClockSynchronised = clock is { } trust ? WireReader.OptionalTruth(trust, "synchronised", "clock.synchronised") : null,
            IntervalStart = interval is { } begin ? WireReader.OptionalTime(begin, "start", "interval.start") : null,
            IntervalEnd = interval is { } end ? WireReader.OptionalTime(end, "end", "interval.end") : null,
            Flags = ReadWords(root, "flags"),
            Name = WireReader.OptionalText(root, "name"),
            By = WireReader.OptionalText(root, "by"),
            Reason = WireReader.OptionalText(root, "reason"),
        };
    }

    private static uint? ReadStatus(JsonElement root)
    {
        if (WireReader.OptionalText(root, "status") is not { } text)
        {
            return null;
        }

        return text.Length == 10 && text.StartsWith("0x", StringComparison.Ordinal)
            && uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var status)
            ? status
            : throw new WireFormatException("status", "0x and eight hex digits are required");
    }

    private static IReadOnlyList<string> ReadWords(JsonElement root, string name)
    {
        if (WireReader.Find(root, name) is not { } member)
        {
            return [];
        }

        if (member.ValueKind != JsonValueKind.Array || member.GetArrayLength() > WireLimits.FlagCountMax)
        {
            throw new WireFormatException(name, string.Create(CultureInfo.InvariantCulture, $"an array of at most {WireLimits.FlagCountMax} texts is required"));
        }

        return [.. member.EnumerateArray().Select(word => WireReader.AsText(word, name, WireLimits.FlagLengthMax))];
    }
}
