using System.Diagnostics.CodeAnalysis;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>Looks a <see cref="ValuePath"/> up in the data type of its node and says in words where it leads nowhere, or to nothing that an alarm can compare.</summary>
public static class MemberCompiler
{
    private const int ByteBits = 8;
    private const int NamesTold = 20;

    /// <summary>Compiles a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="type">The node's data type.</param>
    /// <param name="valueRank">The node's ValueRank: -1 scalar, 1 array, 2 and more matrix, others leave it open.</param>
    /// <param name="reader">Reads the number; null for the whole of a scalar, which needs no reader.</param>
    /// <param name="problem">Why it cannot be monitored; null where it can.</param>
    public static bool TryCompile(ValuePath path, ValueLayout type, int valueRank, out MemberReader? reader, [NotNullWhen(false)] out string? problem)
    {
        reader = null;
        var steps = new List<MemberRoute.Step>();
        var (value, rank) = (type, valueRank);
        var bit = -1;
        problem = null;
        foreach (var step in path.Steps)
        {
            problem = step switch
            {
                ElementStep element => Element(element, ref value, ref rank, steps),
                MemberStep member => Member(member, ref value, ref rank, steps),
                BitStep last => Bit(last, value, rank, out bit),
                _ => throw new ArgumentOutOfRangeException(nameof(path)),
            };
            if (problem is not null)
            {
                return false;
            }
        }
        problem = path.Steps.Length > 0 && path.Steps[^1] is BitStep ? null : Whole(value, rank);
        reader = problem is null && path.Steps.Length > 0 ? new(new([.. steps], bit)) : null;
        return problem is null;
    }

    private static string? Element(ElementStep element, ref ValueLayout value, ref int rank, List<MemberRoute.Step> steps)
    {
        if (rank > 0 && rank != element.Indexes.Length)
        {
            return $"{element} names {element.Indexes.Length} dimensions, and the array has {rank}";
        }
        if (rank == -1 && value.Type is not (BuiltInType.ByteString or BuiltInType.Variant))
        {
            return $"{element} names an element, and the value is a single {value.Name}";
        }
        value = rank == -1 && value.Type is BuiltInType.ByteString ? new ValueLayout("Byte", BuiltInType.Byte) : value;
        rank = -1;
        steps.Add(new(element.Indexes.AsSpan().ToArray(), null, 0));
        return null;
    }

    private static string? Member(MemberStep member, ref ValueLayout value, ref int rank, List<MemberRoute.Step> steps)
    {
        if (rank > 0)
        {
            return $"an array of {value.Name} has no members: name an element before {member}, as in [0]{member}";
        }
        if (value.Structure is not { } structure)
        {
            return value.Type is BuiltInType.ExtensionObject or BuiltInType.Variant
                ? $"the server does not describe the fields of {value.Name} (no DataTypeDefinition), so {member} cannot be found"
                : $"{member} names a member, and the value is a {value.Name}";
        }
        if (structure.Problem is { } wrong)
        {
            return $"{structure.Name} {wrong}";
        }
        var index = structure.IndexOf(member.Name);
        if (index < 0)
        {
            return $"{structure.Name} has no member '{member.Name}'; it has {Names(structure)}";
        }
        var field = structure.Fields[index];
        value = field.Value;
        rank = field.Shape switch { FieldShape.Scalar => -1, FieldShape.Array => 1, FieldShape.Matrix => 0 };
        steps.Add(new(null, structure, index));
        return null;
    }

    private static string? Bit(BitStep last, ValueLayout value, int rank, out int bit)
    {
        bit = last.Bit;
        if (rank > 0)
        {
            return $"an array of {value.Name} has no bits: name an element before {last}, as in [0]{last}";
        }
        if (value.Type is BuiltInType.Variant)
        {
            return null;
        }
        var bits = ValueSkip.FixedSize(value.Type) * ByteBits;
        return !value.IsInteger
            ? $"{last} names a bit, and the value is a {value.Name}"
            : bit >= bits ? $"{last} names a bit, and a {value.Name} has the bits .0 to .{bits - 1}" : null;
    }

    private static string Names(StructureLayout structure) =>
        string.Join(", ", structure.Fields.Take(NamesTold).Select(field => field.Name)) + (structure.Fields.Count > NamesTold ? " ..." : "");

    private static string? Whole(ValueLayout value, int rank) => value switch
    {
        _ when rank > 0 => $"the value is an array of {value.Name}: name an element, as in [0]",
        { Type: BuiltInType.Variant } or { IsComparable: true } => null,
        { Structure: { } structure } => $"the value is a {value.Name}: name one of its members: {Names(structure)}",
        _ => $"the value is a {value.Name}, which no alarm can compare; numbers, booleans and enumerations can be",
    };
}
