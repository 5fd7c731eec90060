using System.Globalization;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>A row of a table; reads its fields by column and reports what does not fit.</summary>
internal sealed class TableRow(Table table, int line, string[] fields)
{
    public int Line => line;

    /// <summary>How many faults it told.</summary>
    public int FaultCount { get; private set; }

    /// <summary>The field, empty where it is blank or the column is not there.</summary>
    public string Text(string column) => table.ColumnIndex(column) is >= 0 and var index ? fields[index] : string.Empty;

    public string Required(string column)
    {
        var text = Text(column);
        if (text.Length == 0)
        {
            Fault(column, "is required.");
        }

        return text;
    }

    public TimeSpan Time(string column, TimeSpan missing)
    {
        var text = Text(column);
        if (text.Length == 0)
        {
            return missing;
        }

        if (Duration.TryParse(text, out var duration))
        {
            return duration;
        }

        Fault(column, Duration.Allowed);
        return missing;
    }

    /// <summary>A number with a decimal point; null where it is blank or faulty.</summary>
    public double? Number(string column)
    {
        var text = Text(column);
        return text.Length == 0 ? null : ParseNumber(column, text);
    }

    public double? ParseNumber(string column, string number)
    {
        if (double.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value))
        {
            return value;
        }

        Fault(column, number.Contains(',', StringComparison.Ordinal)
            ? $"is no number: write a decimal point, {number.Replace(',', '.')}."
            : "is no number; write it as 12.5.");
        return null;
    }

    public string Choice(string column, string missing, IReadOnlyCollection<string> allowed)
    {
        var text = Text(column);
        if (text.Length == 0)
        {
            return missing;
        }

        if (allowed.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        Fault(column, NearestName.Suggest(text, allowed));
        return missing;
    }

    /// <summary>One of the allowed words; where the field is blank or faulty, the first of them stands in.</summary>
    public string RequiredChoice(string column, IReadOnlyList<string> allowed) => Required(column).Length == 0 ? allowed[0] : Choice(column, allowed[0], allowed);

    public void Fault(string column, string allowed)
    {
        FaultCount++;
        table.Fault(line, column, Text(column) is { Length: > 0 } text ? text : null, allowed);
    }
}
