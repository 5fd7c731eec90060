using System.Globalization;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.DataTypes;

namespace EdgeAlarm.Browsing;

/// <summary>What stands in the columns about a variable.</summary>
internal static class BrowseWords
{
    private static readonly string[] Shapes = ["", "[]", "[,]", "[,,]"];

    /// <summary>The value with its unit; an enumeration by name; of a bad one why.</summary>
    public static string Value(BrowseRow row)
    {
        var value = row.Value;
        if (value.Status.IsBad)
        {
            return value.Status.ToString().Split(' ')[0];
        }
        var unit = row.Description?.Unit?.DisplayName.Text is { Length: > 0 } text ? " " + Printable(text) : "";
        return value.Value switch
        {
            { IsArray: true } array => Printable(array.ToString()),
            { Type: BuiltInType.ExtensionObject } => row.Type?.Structure is { } structure ? $"{{ {structure.Fields.Count} members }}" : "{ ... }",
            { Type: BuiltInType.Float or BuiltInType.Double } number => number.AsDouble().ToString("0.####", CultureInfo.InvariantCulture) + unit,
            { Type: BuiltInType.Int32 } number when NameOf(row.Type, number) is { } name => $"{number} {name}",
            var other => Printable(other.ToString()) + unit,
        };
    }

    /// <summary>The data type with its shape.</summary>
    public static string Type(BrowseRow row) => row.Description is not { } description
        ? ""
        : (row.Type?.Name ?? description.DataType.ToString()) + (description.ValueRank is > 0 and < 4 ? Shapes[description.ValueRank] : "");

    /// <summary>The range.</summary>
    public static string Range(BrowseRow row) => row.Description?.Range is { } range ? string.Create(CultureInfo.InvariantCulture, $"{range.Low} to {range.High}") : "";

    /// <summary>Foreign text on one line.</summary>
    public static string Printable(string text) => string.Concat(text.Take(500).Select(character => char.IsControl(character) ? ' ' : character));

    private static string? NameOf(ValueLayout? type, Variant number)
    {
        number.TryGetInt64(out var value);
        return type?.Names is { } names && Array.Find(names.Fields, field => field.Value == value) is { } found ? Printable(found.Name ?? found.DisplayName.Text ?? "") : null;
    }
}
