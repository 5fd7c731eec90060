using System.Text.Json;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration.Expressions;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>What is done with alarms, in the normalised configuration: written where it is not the default, so that a list without it has the same bytes as ever.</summary>
internal static class NormalisedHandling
{
    /// <summary>Writes the handling of an alarm into its object.</summary>
    public static void Write(Utf8JsonWriter json, AlarmHandling handling)
    {
        if (handling == AlarmHandling.Default)
        {
            return;
        }

        json.WriteStartObject("handling");
        json.WriteString("latch", handling.Latch.ToString());
        json.WriteNumber("latchForTicks", handling.LatchFor.Ticks);
        json.WriteNumber("reAlarmTicks", handling.ReAlarm.Ticks);
        json.WriteNumber("shelveMaxTicks", handling.ShelveMax.Ticks);
        json.WriteNumber("outOfServiceMaxTicks", handling.OutOfServiceMax.Ticks);
        json.WriteBoolean("noteRequired", handling.IsNoteRequired);
        json.WriteBoolean("highlyManaged", handling.IsHighlyManaged);
        json.WriteNumber("chatterWithinTicks", handling.ChatterWithin.Ticks);
        json.WriteNumber("fleetingWithinTicks", handling.FleetingWithin.Ticks);
        json.WriteNumber("suppressionGroup", handling.SuppressionGroup);
        json.WriteNumber("firstOutGroup", handling.FirstOutGroup);
        json.WriteEndObject();
    }

    /// <summary>Reads back what <see cref="Write(Utf8JsonWriter, AlarmHandling)"/> wrote.</summary>
    public static AlarmHandling Read(JsonElement alarm) => alarm.TryGetProperty("handling", out var handling)
        ? new()
        {
            Latch = Enum.Parse<LatchMode>(handling.GetProperty("latch").GetString() ?? string.Empty),
            LatchFor = Time(handling, "latchForTicks"),
            ReAlarm = Time(handling, "reAlarmTicks"),
            ShelveMax = Time(handling, "shelveMaxTicks"),
            OutOfServiceMax = Time(handling, "outOfServiceMaxTicks"),
            IsNoteRequired = handling.GetProperty("noteRequired").GetBoolean(),
            IsHighlyManaged = handling.GetProperty("highlyManaged").GetBoolean(),
            ChatterWithin = handling.TryGetProperty("chatterWithinTicks", out _) ? Time(handling, "chatterWithinTicks") : AlarmHandling.ChatterWithinDefault,
            FleetingWithin = handling.TryGetProperty("fleetingWithinTicks", out _) ? Time(handling, "fleetingWithinTicks") : AlarmHandling.FleetingWithinDefault,
            SuppressionGroup = handling.GetProperty("suppressionGroup").GetInt32(),
            FirstOutGroup = handling.GetProperty("firstOutGroup").GetInt32(),
        }
        : AlarmHandling.Default;

    /// <summary>Writes the groups into the root object.</summary>
    public static void Write(Utf8JsonWriter json, AlarmConfiguration alarms)
    {
        if (alarms.SuppressionGroups.Length > 0)
        {
            json.WriteStartArray("suppressionGroups");
            foreach (var group in alarms.SuppressionGroups)
            {
                Write(json, group);
            }

            json.WriteEndArray();
        }

        if (alarms.FirstOutGroups.Length > 0)
        {
            json.WriteStartArray("firstOutGroups");
            foreach (var name in alarms.FirstOutGroups)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }
    }

    /// <summary>Reads back what <see cref="Write(Utf8JsonWriter, AlarmConfiguration)"/> wrote.</summary>
    public static AlarmConfiguration ReadInto(JsonElement root, AlarmConfiguration alarms) => alarms with
    {
        SuppressionGroups = root.TryGetProperty("suppressionGroups", out var groups) ? [.. groups.EnumerateArray().Select(ReadGroup)] : [],
        FirstOutGroups = root.TryGetProperty("firstOutGroups", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [],
    };

    private static void Write(Utf8JsonWriter json, SuppressionGroupDefinition group)
    {
        json.WriteStartObject();
        json.WriteString("name", group.Name);
        switch (group.Trigger)
        {
            case SuppressionTrigger.Holds holds:
                NormalisedExpression.Write(json, "when", holds.Expression);
                break;
            case SuppressionTrigger.AlarmActive active:
                json.WriteNumber("alarm", active.Alarm);
                break;
            default:
                throw new InvariantViolation($"{group.Name} has a trigger that has no normal form.");
        }

        json.WriteNumber("entryTicks", group.Entry.Ticks);
        json.WriteNumber("exitTicks", group.Exit.Ticks);
        json.WriteNumber("maxTicks", group.Max.Ticks);
        json.WriteEndObject();
    }

    private static SuppressionGroupDefinition ReadGroup(JsonElement group) => new(
        group.GetProperty("name").GetString()!,
        group.TryGetProperty("alarm", out var alarm) ? new SuppressionTrigger.AlarmActive(alarm.GetInt32()) : new SuppressionTrigger.Holds(NormalisedExpression.Read(group.GetProperty("when"))),
        Time(group, "entryTicks"),
        Time(group, "exitTicks"),
        Time(group, "maxTicks"));

    private static TimeSpan Time(JsonElement element, string name) => new(element.GetProperty(name).GetInt64());
}
