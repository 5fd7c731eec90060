namespace EdgeAlarm.Gateway.Configuration;

/// <summary>One fault in the configuration, told so that a person can mend it.</summary>
/// <param name="File">The file as it was named, or the environment variable that overrides it.</param>
/// <param name="Line">1-based line; 0 where the fault belongs to no line.</param>
/// <param name="Column">The column's name in a table, the 1-based character position in settings; empty where it belongs to none.</param>
/// <param name="Value">The value found; null where something is missing.</param>
/// <param name="Allowed">What is wrong with it and what is allowed.</param>
public sealed record ConfigurationFault(string File, int Line, string Column, string? Value, string Allowed)
{
    /// <summary><c>alarms.csv:12:Setpoint: "1,5": ...</c></summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}" : File;
        if (Column.Length > 0)
        {
            place = $"{place}:{Column}";
        }

        return Value is null ? $"{place}: {Allowed}" : $"{place}: \"{Value}\": {Allowed}";
    }
}
