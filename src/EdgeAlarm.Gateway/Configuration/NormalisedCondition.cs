using System.Text.Json;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration.Expressions;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>What only some conditions have, in the normalised configuration: written where it is not the default, so that an alarm without it has the same bytes as ever.</summary>
internal static class NormalisedCondition
{
    /// <summary>Writes into the alarm's object.</summary>
    public static void Write(Utf8JsonWriter json, AlarmDefinition alarm)
    {
        if (alarm.SetpointTag is { } other)
        {
            json.WriteNumber("setpointTag", other);
        }

        if (alarm.IsExclusive)
        {
            json.WriteBoolean("exclusive", value: true);
        }

        if (alarm.CountsUncertain)
        {
            json.WriteBoolean("countsUncertain", value: true);
        }

        if (alarm.Bits != default)
        {
            json.WriteNumber("mask", alarm.Bits.Mask);
            json.WriteNumber("pattern", alarm.Bits.Pattern);
            json.WriteBoolean("differs", alarm.Bits.Differs);
        }

        if (alarm.Set.Span.Length > 0)
        {
            json.WriteStartArray("set");
            foreach (var value in alarm.Set.Span)
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
        }

        if (alarm.Levels.Span.Length > 0)
        {
            json.WriteStartArray("levels");
            foreach (var level in alarm.Levels.Span)
            {
                WriteLevel(json, level);
            }

            json.WriteEndArray();
        }

        if (alarm.Window > TimeSpan.Zero)
        {
            json.WriteNumber("windowTicks", alarm.Window.Ticks);
        }

        if (alarm.Expression is { } expression)
        {
            NormalisedExpression.Write(json, "expression", expression);
        }
    }

    /// <summary>Reads back what <see cref="Write"/> wrote.</summary>
    public static AlarmDefinition ReadInto(JsonElement json, AlarmDefinition alarm) => alarm with
    {
        SetpointTag = json.TryGetProperty("setpointTag", out var other) ? other.GetInt32() : null,
        IsExclusive = json.TryGetProperty("exclusive", out var exclusive) && exclusive.GetBoolean(),
        CountsUncertain = json.TryGetProperty("countsUncertain", out var uncertain) && uncertain.GetBoolean(),
        Bits = json.TryGetProperty("mask", out var mask)
            ? new(mask.GetUInt64(), json.GetProperty("pattern").GetUInt64(), json.GetProperty("differs").GetBoolean())
            : default,
        Set = json.TryGetProperty("set", out var set) ? new([.. set.EnumerateArray().Select(value => value.GetDouble())]) : default,
        Levels = json.TryGetProperty("levels", out var levels) ? new([.. levels.EnumerateArray().Select(ReadLevel)]) : default,
        Window = json.TryGetProperty("windowTicks", out var window) ? new TimeSpan(window.GetInt64()) : TimeSpan.Zero,
        Expression = json.TryGetProperty("expression", out var expression) ? NormalisedExpression.Read(expression) : null,
    };

    private static void WriteLevel(Utf8JsonWriter json, LevelDefinition level)
    {
        json.WriteStartObject();
        json.WriteString("level", level.Level.ToString());
        json.WriteNumber("setpoint", level.Setpoint);
        json.WriteBoolean("exclusive", level.IsExclusive);
        json.WriteNumber("onDelayTicks", level.OnDelay.Ticks);
        json.WriteString("priority", level.Priority.ToString());
        json.WriteString("message", level.Message);
        json.WriteEndObject();
    }

    private static LevelDefinition ReadLevel(JsonElement level) => new(
        Enum.Parse<AlarmLevel>(level.GetProperty("level").GetString()!),
        level.GetProperty("setpoint").GetDouble(),
        level.GetProperty("exclusive").GetBoolean(),
        new TimeSpan(level.GetProperty("onDelayTicks").GetInt64()),
        Enum.Parse<AlarmPriority>(level.GetProperty("priority").GetString()!),
        level.GetProperty("message").GetString()!);
}
