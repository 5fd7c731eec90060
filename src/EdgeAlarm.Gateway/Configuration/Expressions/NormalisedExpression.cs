using System.Text.Json;
using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration.Expressions;

/// <summary>An expression in the normalised configuration: its steps, a number for itself, <c>[0]</c> for the tag at that place, a word for an operator; and the indexes of its tags.</summary>
internal static class NormalisedExpression
{
    /// <summary>Writes it as a property.</summary>
    public static void Write(Utf8JsonWriter json, string name, Expression expression)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("tags");
        foreach (var tag in expression.Tags.Span)
        {
            json.WriteNumberValue(tag);
        }

        json.WriteEndArray();
        json.WriteStartArray("steps");
        foreach (var step in expression.Steps.Span)
        {
            Write(json, step);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads back what <see cref="Write(Utf8JsonWriter, string, Expression)"/> wrote.</summary>
    public static Expression Read(JsonElement json) => new(
        [.. json.GetProperty("steps").EnumerateArray().Select(ReadStep)],
        [.. json.GetProperty("tags").EnumerateArray().Select(tag => tag.GetInt32())]);

    private static void Write(Utf8JsonWriter json, ExpressionStep step)
    {
        switch (step.Operator)
        {
            case ExpressionOperator.Number:
                json.WriteNumberValue(step.Number);
                break;
            case ExpressionOperator.Tag:
                json.WriteStartArray();
                json.WriteNumberValue(step.Operand);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(step.Operator.ToString());
                break;
        }
    }

    private static ExpressionStep ReadStep(JsonElement step) => step.ValueKind switch
    {
        JsonValueKind.Number => new(ExpressionOperator.Number, step.GetDouble()),
        JsonValueKind.Array => new(ExpressionOperator.Tag, Operand: step[0].GetInt32()),
        _ => new(Enum.Parse<ExpressionOperator>(step.GetString() ?? string.Empty)),
    };
}
