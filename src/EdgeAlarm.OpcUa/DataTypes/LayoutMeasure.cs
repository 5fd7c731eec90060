using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>
/// Works out the sizes of structures, the inner ones first, and refuses those that hold themselves without a way out or hold one that is refused. A structure without
/// any byte is refused, too: a message of a few bytes could hold millions of them.
/// </summary>
internal sealed class LayoutMeasure(IEnumerable<StructureLayout> structures)
{
    // an inner structure counts as a level of the decoder's nesting, which ends at 100
    private const int DepthMax = 50;
    private readonly HashSet<StructureLayout> _done = [];
    private readonly HashSet<StructureLayout> _open = [];

    internal void Run()
    {
        foreach (var structure in structures)
        {
            Measure(structure);
        }
        // what is reached through an array or an option was not measured on the way; a refusal spreads through it, too
        for (var spread = true; spread;)
        {
            spread = false;
            foreach (var structure in structures.Where(structure => structure.Problem is null))
            {
                if (structure.Fields.FirstOrDefault(field => field.Inline?.Problem is not null) is { Inline: { } inner } field)
                {
                    structure.Refuse($"has a field '{field.Name}' of {inner.Name}, which {inner.Problem}");
                    spread = true;
                }
            }
        }
    }

    private void Measure(StructureLayout structure)
    {
        if (_done.Contains(structure))
        {
            return;
        }
        if (!_open.Add(structure) || _open.Count > DepthMax)
        {
            structure.Refuse(_open.Count > DepthMax ? $"is nested deeper than {DepthMax}" : "holds itself without end");
            return;
        }
        var least = structure.HasMask || structure.IsUnion ? sizeof(uint) : 0;
        var isFixed = least == 0;
        foreach (var field in structure.Fields.Where(field => !structure.IsUnion && field.OptionalBit < 0))
        {
            if (field.Shape is not FieldShape.Scalar)
            {
                (least, isFixed) = (least + sizeof(int), false);
                continue;
            }
            if (field.Inline is { } inner)
            {
                Measure(inner);
                (least, isFixed) = (least + inner.MinSize, isFixed && inner.FixedSize > 0);
                continue;
            }
            var type = field.IsWrapped ? BuiltInType.ExtensionObject : field.Value.Type;
            (least, isFixed) = (least + ValueSkip.MinSize(type), isFixed && ValueSkip.FixedSize(type) > 0);
        }
        structure.Measured(isFixed ? least : 0, least);
        if (structure.Fields.Count == 0)
        {
            structure.Refuse("has no fields");
        }
        _open.Remove(structure);
        _done.Add(structure);
    }
}
