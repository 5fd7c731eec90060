using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.Browsing;

/// <summary>The plant as a tree with columns: name, value, type, range, address. Cut to the width, but never the name of a short tree.</summary>
internal static class BrowseTree
{
    private const int Gap = 2;
    private const int NameMax = 44;
    private const int ValueMax = 22;
    private const int TypeMax = 18;
    private const int RangeMax = 14;

    /// <summary>The lines.</summary>
    /// <param name="rows">The nodes, parents before their children.</param>
    /// <param name="width">Columns.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<BrowseRow> rows, int width)
    {
        var children = rows.Index().ToLookup(row => row.Item.Node.Parent, row => row.Index);
        var lines = new List<(string Name, BrowseRow Row)>();
        // a stack of our own: foreign trees may be deep
        var open = new Stack<(int Index, string Indent, string Branch)>(children[-1].Reverse().Select(index => (index, "", "")));
        while (open.TryPop(out var at))
        {
            lines.Add((at.Indent + at.Branch + BrowseWords.Printable(rows[at.Index].Node.BrowseName), rows[at.Index]));
            var below = at.Branch switch { "" => at.Indent, "└ " => at.Indent + "  ", _ => at.Indent + "│ " };
            var inside = children[at.Index].ToArray();
            for (var child = inside.Length - 1; child >= 0; child--)
            {
                open.Push((inside[child], below, child == inside.Length - 1 ? "└ " : "├ "));
            }
        }
        var name = Column(lines.Select(line => line.Name), NameMax);
        var value = Column(rows.Where(row => row.IsVariable).Select(BrowseWords.Value), ValueMax);
        var type = Column(rows.Select(BrowseWords.Type), TypeMax);
        var range = Column(rows.Select(BrowseWords.Range), RangeMax);
        foreach (var (label, row) in lines)
        {
            var line = row.IsVariable
                ? Cell(label, name) + Cell(BrowseWords.Value(row), value) + Cell(BrowseWords.Type(row), type) + Cell(BrowseWords.Range(row), range) + Address(row.Node.Node)
                : label;
            yield return Cut(line.TrimEnd(), width);
        }
    }

    /// <summary>What the indexes in the addresses of the tree stand for.</summary>
    public static IEnumerable<string> Legend(IReadOnlyList<BrowseRow> rows, IReadOnlyList<string?> namespaces) => rows.Where(row => row.IsVariable)
        .Select(row => row.Node.Node.NamespaceIndex).Distinct().Order().Where(index => index > 0 && index < namespaces.Count)
        .Select(index => $"ns={index} stands for nsu={BrowseWords.Printable(namespaces[index] ?? "")}; --tags writes whole addresses");

    private static string Address(NodeId node) => BrowseWords.Printable(node.ToString());

    private static int Column(IEnumerable<string> texts, int most) => texts.Select(text => text.Length).DefaultIfEmpty().Max() is > 0 and var longest ? Math.Min(longest, most) + Gap : 0;

    private static string Cell(string text, int width) => width == 0 ? "" : Cut(text, width - Gap).PadRight(width);

    private static string Cut(string text, int width) => text.Length <= width ? text : string.Concat(text.AsSpan(0, Math.Max(0, width - 1)), "…");
}
