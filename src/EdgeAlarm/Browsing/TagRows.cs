using System.Globalization;
using System.Text;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.DataTypes;

namespace EdgeAlarm.Browsing;

/// <summary>Rows of tags.csv for everything that an alarm can watch: variables, members of structures, elements of arrays.</summary>
internal sealed class TagRows(string source)
{
    private const string Standard = "http://opcfoundation.org/UA/";
    private const int ElementsMax = 32;
    private const int PartsMax = 200;
    private readonly List<(string Path, string Why)> _leftOut = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Variables that have nothing an alarm can watch, or an address that no table can hold: their paths, and why.</summary>
    public IReadOnlyList<(string Path, string Why)> LeftOut => _leftOut;

    /// <summary>The header and the rows.</summary>
    public IEnumerable<string> Lines(IReadOnlyList<BrowseRow> rows)
    {
        yield return "Tag,Source,NodeId,Unit,Low,High,Sampling,StaleAfter,Description";
        foreach (var row in rows.Where(row => row.IsVariable))
        {
            var parts = Parts(row).Take(PartsMax).ToArray();
            if (parts.Length == 0)
            {
                _leftOut.Add((row.Node.Path, WhyNot(row)));
            }
            foreach (var path in parts)
            {
                yield return Line(row, path);
            }
        }
    }

    private static string WhyNot(BrowseRow row) => row switch
    {
        _ when !HasAddress(row) => "its node id cannot stand in a table",
        { Description.ValueRank: > 1 } or { Value.Value.Dimensions.Length: > 0 } => "a matrix: name an element yourself, as [1,3] behind the node id",
        { Value.Value.IsArray: true } or { Description.ValueRank: 1 } => "an array that is empty, or whose elements are no numbers",
        { Type.Structure.Problem: { } problem } => $"a structure that cannot be read: {problem}",
        { Type.Structure: not null } => "a structure without a number of its own",
        _ => "no number",
    };

    private static bool HasAddress(BrowseRow row) => Address(row) is var address && !address.Any(char.IsControl) && TagAddress.TryParse(address, out _, out _);

    private static IEnumerable<string> Parts(BrowseRow row)
    {
        var layout = row.Type ?? ValueLayout.Open;
        var rank = row.Description!.ValueRank; // a variable has one
        if (!HasAddress(row))
        {
            return [];
        }
        return rank > 0 || row.Value.Value.IsArray ? Elements(row, layout) : layout.Structure is { } structure ? Members(structure, "", 1) : Usable("", layout, rank) ? [""] : [];
    }

    private static IEnumerable<string> Elements(BrowseRow row, ValueLayout layout)
    {
        var count = row.Value.Value.Dimensions.Length > 0 ? 0 : Math.Min(row.Value.Value.Elements?.Length ?? 0, ElementsMax);
        return layout.IsComparable || layout.Type is BuiltInType.Variant && row.Value.Value.Type is >= BuiltInType.Boolean and <= BuiltInType.Double
            ? Enumerable.Range(0, count).Select(index => string.Create(CultureInfo.InvariantCulture, $"[{index}]"))
            : [];
    }

    // of arrays inside nobody knows the length beforehand: people name those elements themselves
    private static IEnumerable<string> Members(StructureLayout structure, string prefix, int depth)
    {
        if (structure.Problem is not null || depth >= ValuePath.StepsMax)
        {
            yield break;
        }
        foreach (var field in structure.Fields.Where(field => field.Shape is FieldShape.Scalar && field.Name.AsSpan().IndexOfAny("/[].") < 0))
        {
            var path = $"{prefix}/{field.Name}";
            if (field.Value.IsComparable)
            {
                yield return path;
            }
            else if (field.Value.Structure is { } inner)
            {
                foreach (var member in Members(inner, path, depth + 1))
                {
                    yield return member;
                }
            }
        }
    }

    private static bool Usable(string path, ValueLayout layout, int rank) =>
        ValuePath.TryParse(path, out var steps, out _, out _) && MemberCompiler.TryCompile(steps, layout, rank, out _, out _)
        && (layout.Type is not BuiltInType.Variant || layout.Name.Length > 0);

    private static string Address(BrowseRow row) => (row.Address.NamespaceUri is null ? row.Address with { NamespaceUri = Standard } : row.Address).ToString();

    private string Line(BrowseRow row, string path)
    {
        var description = row.Description!; // a variable has one
        var unit = path.Length == 0 ? description.Unit?.DisplayName.Text?.Trim() : null;
        var range = path.Length == 0 && description.Range is { } told && double.IsFinite(told.Low) && double.IsFinite(told.High) ? told : null;
        string[] fields =
        [
            Name(row.Node.Path, path), source, Address(row) + path, unit ?? "", range is null ? "" : Number(range.Low), range is null ? "" : Number(range.High), "", "",
            description.Description.Length > 0 ? description.Description : string.Equals(description.DisplayName, description.BrowseName, StringComparison.Ordinal) ? "" : description.DisplayName,
        ];
        return string.Join(',', fields.Select(Field));
    }

    // the last names of the path that make it unique, in the letters that a tag may have
    private string Name(string nodePath, string path)
    {
        var steps = nodePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var from = steps.Length - 1; from >= 0; from--)
        {
            var name = Safe(string.Join('_', steps[from..]) + path.Replace('/', '.').Replace("]", "", StringComparison.Ordinal).Replace('[', '_').Replace(',', '_'));
            if (_names.Add(name))
            {
                return name;
            }
        }
        var whole = Safe(nodePath + path);
        for (var number = 2; ; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{whole}-{number}");
            if (_names.Add(name))
            {
                return name;
            }
        }
    }

    private static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            safe.Append(char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-' ? character : '_');
        }
        return safe.Length == 0 ? "_" : safe.ToString();
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Field(string text)
    {
        var line = BrowseWords.Printable(text);
        return line.AsSpan().IndexOfAny(",;\"") >= 0 || line.Length != line.Trim().Length ? $"\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : line;
    }
}
