namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Reads setpoints as people write them: a number, a percentage of the tag's range, or another tag with or without an offset.</summary>
/// <param name="row">The row.</param>
/// <param name="tags">All tags.</param>
/// <param name="tag">Index of the tag that the row watches; -1 where it names none.</param>
internal sealed class SetpointText(TableRow row, TagTable tags, int tag)
{
    private const string Column = "Setpoint";

    /// <summary><c>90</c>, <c>90%</c>, <c>FIC101_SP</c>, <c>FIC101_SP+5</c> or <c>FIC101_SP-5%</c>: a number and the tag to which it is added.</summary>
    public (double Number, int? Tag) Read(string text)
    {
        if (text.Length == 0)
        {
            return (0, null);
        }

        if (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.')
        {
            return (ReadPoint(Column, text), null);
        }

        // the longest name counts: a tag's name may hold a minus
        var name = tags.Names.Where(known => text.StartsWith(known, StringComparison.Ordinal)).OrderByDescending(known => known.Length).FirstOrDefault();
        var rest = name is null ? text : text[name.Length..].TrimStart();
        if (name is null || (rest.Length > 0 && rest[0] is not ('+' or '-')))
        {
            row.Fault(Column, $"is neither a number nor a tag with an offset (as in FIC101_SP+5); {NearestName.Suggest(text.Split('+')[0].Trim(), tags.Names)}");
            return (0, null);
        }

        _ = tags.TryFind(name, out var other);
        if (other == tag)
        {
            row.Fault(Column, "compares the tag with itself.");
        }

        return (rest.Length == 0 ? 0 : ReadDistance(Column, rest.Replace(" ", string.Empty, StringComparison.Ordinal)), other);
    }

    /// <summary>A difference of two values: <c>5</c>, or <c>5%</c> of the width of the range.</summary>
    public double ReadDistance(string column, string text) => text.EndsWith('%')
        ? row.ParseNumber(column, text[..^1]) is { } percent && Range(column) is { } range ? percent / 100 * (range.High - range.Low) : 0
        : row.ParseNumber(column, text) ?? 0;

    /// <summary>A value: <c>90</c>, or <c>90%</c> of the range.</summary>
    public double ReadPoint(string column, string text) => text.EndsWith('%')
        ? row.ParseNumber(column, text[..^1]) is { } percent && Range(column) is { } range ? range.Low + (percent / 100 * (range.High - range.Low)) : 0
        : row.ParseNumber(column, text) ?? 0;

    private (double Low, double High)? Range(string column)
    {
        if (tag >= 0 && tags.Ranges[tag] is null)
        {
            row.Fault(column, "a percentage needs Low and High of the tag in the tag list.");
        }

        return tag < 0 ? null : tags.Ranges[tag];
    }
}
