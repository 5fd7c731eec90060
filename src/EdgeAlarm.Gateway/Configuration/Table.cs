using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>A CSV file as a spreadsheet saves it: UTF-8 with or without BOM, separated by comma or semicolon as its header line says.</summary>
internal sealed class Table
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly FaultList _faults;

    private Table(string file, FaultList faults)
    {
        File = file;
        _faults = faults;
    }

    public string File { get; }

    public List<TableRow> Rows { get; } = [];

    /// <summary>Reads a file. A malformed row is a fault of its own and costs no other row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">How faults call it.</param>
    /// <param name="required">Columns that must be there.</param>
    /// <param name="known">All columns that may be there.</param>
    /// <param name="faults">Where faults go.</param>
    public static Table Read(string path, string name, IReadOnlyList<string> required, IReadOnlyList<string> known, FaultList faults)
    {
        var table = new Table(name, faults);
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(System.IO.File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            faults.Add(name, 0, string.Empty, null, "is not UTF-8; save it as \"CSV UTF-8\".");
            return table;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            faults.Add(name, 0, string.Empty, null, $"cannot be read ({path}): {failure.Message}");
            return table;
        }

        table.ReadRows(text, required, known);
        return table;
    }

    public int ColumnIndex(string column) => _columns.GetValueOrDefault(column, -1);

    public void Fault(int line, string column, string? value, string allowed) => _faults.Add(File, line, column, value, allowed);

    private void ReadRows(string text, IReadOnlyList<string> required, IReadOnlyList<string> known)
    {
        var headerEnd = text.IndexOfAny(['\r', '\n']);
        var header = headerEnd < 0 ? text : text[..headerEnd];
        var delimiter = header.Count(character => character == ';') > header.Count(character => character == ',') ? ";" : ",";
        string? badField = null;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            BadDataFound = bad => badField = bad.Field,
            IgnoreBlankLines = true,
            TrimOptions = TrimOptions.Trim,
        };
        using var parser = new CsvParser(new StringReader(text), configuration);
        if (!parser.Read() || parser.Record is not { } names || !ReadHeader(names, required, known))
        {
            return;
        }

        var line = parser.RawRow + 1;
        while (parser.Read())
        {
            var record = parser.Record!;
            if (badField is not null)
            {
                Fault(line, string.Empty, badField.Trim(), "the quotes of this row do not match; a field with quotes is written \"like \"\"this\"\"\".");
                badField = null;
            }
            else if (record.Length != names.Length)
            {
                Fault(line, string.Empty, null, $"the row has {record.Length} fields and the header {names.Length}; a text with '{delimiter}' stands in quotes.");
            }
            else if (!record.All(string.IsNullOrEmpty))
            {
                Rows.Add(new TableRow(this, line, record));
            }

            line = parser.RawRow + 1;
        }
    }

    private bool ReadHeader(string[] names, IReadOnlyList<string> required, IReadOnlyList<string> known)
    {
        for (var index = 0; index < names.Length; index++)
        {
            if (!known.Contains(names[index], StringComparer.Ordinal))
            {
                Fault(1, $"{index + 1}", names[index], $"is no column of this table; {NearestName.Suggest(names[index], [.. known])}");
            }
            else if (!_columns.TryAdd(names[index], index))
            {
                Fault(1, $"{index + 1}", names[index], "stands twice in the header; keep one.");
            }
        }

        var missing = required.Where(name => !_columns.ContainsKey(name)).ToList();
        foreach (var name in missing)
        {
            Fault(1, name, null, "this column is required and missing from the header.");
        }

        return missing.Count == 0;
    }
}
