using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>
/// The fields of a structure in wire order (OPC 10000-6 §5.2.6-5.2.8), made ready to be walked over without making objects. Structures may hold each other, so it is
/// made first and completed when all are there.
/// </summary>
public sealed class StructureLayout
{
    private readonly EncodedNodeId _encoding;

    internal StructureLayout(string name, NodeId encoding, StructureType type)
    {
        Name = name;
        _encoding = new(encoding);
        Type = type;
    }

    /// <summary>The data type's name.</summary>
    public string Name { get; }

    /// <summary>How the fields are encoded.</summary>
    public StructureType Type { get; }

    /// <summary>The fields, the inherited ones first.</summary>
    public IReadOnlyList<FieldLayout> Fields { get; private set; } = [];

    /// <summary>Why it cannot be read, as a sentence that follows the structure's name; null where it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>Bytes that every value takes; 0 where it varies.</summary>
    internal int FixedSize { get; private set; }

    /// <summary>Bytes that a value takes at least, 1 or more.</summary>
    internal int MinSize { get; private set; } = 1;

    internal bool IsUnion => Type is StructureType.Union or StructureType.UnionWithSubtypedValues;

    internal bool HasMask => Type is StructureType.StructureWithOptionalFields;

    internal int IndexOf(string field)
    {
        for (var index = 0; index < Fields.Count; index++)
        {
            if (string.Equals(Fields[index].Name, field, StringComparison.Ordinal))
            {
                return index;
            }
        }
        return -1;
    }

    internal void Complete(IReadOnlyList<FieldLayout> fields, string? problem) => (Fields, Problem) = (fields, problem);

    internal void Measured(int fixedSize, int minSize) => (FixedSize, MinSize) = (fixedSize, Math.Max(1, minSize));

    internal void Refuse(string problem) => Problem ??= problem;

    /// <summary>Whether the id in front of a body is that of this structure. A definition without an id vouches for nothing: the body's length has to fit then.</summary>
    internal bool IsEncodedAs(ref BinaryDecoder decoder) => _encoding.Matches(ref decoder) || _encoding.Id.IsNull;

    /// <summary>Goes over a whole value.</summary>
    /// <exception cref="ProtocolViolation">It is none, or nested too deep.</exception>
    internal void Skip(ref BinaryDecoder decoder)
    {
        if (FixedSize > 0)
        {
            decoder.Skip(FixedSize);
            return;
        }
        decoder.Enter();
        SkipFields(ref decoder, 0, Fields.Count, ReadSelector(ref decoder));
        decoder.Leave();
    }

    /// <summary>What comes before the fields: the mask of the optional ones, the number of the only one of a union, or nothing.</summary>
    internal uint ReadSelector(ref BinaryDecoder decoder) => HasMask || IsUnion ? decoder.ReadUInt32() : 0;

    /// <summary>Whether a field is there.</summary>
    internal bool Has(int field, uint selector) => IsUnion ? selector == (uint)field + 1 : Fields[field].OptionalBit is var bit && (bit < 0 || (selector >> bit & 1) != 0);

    /// <summary>Goes over the fields from one to before another, as far as they are there.</summary>
    /// <exception cref="ProtocolViolation">They are none.</exception>
    internal void SkipFields(ref BinaryDecoder decoder, int from, int to, uint selector)
    {
        for (var index = from; index < to; index++)
        {
            if (Has(index, selector))
            {
                SkipField(ref decoder, Fields[index]);
            }
        }
    }

    /// <summary>Goes over so many values of a field.</summary>
    /// <exception cref="ProtocolViolation">They are none.</exception>
    internal static void SkipValues(ref BinaryDecoder decoder, FieldLayout field, int count)
    {
        if (field.Inline is not { } structure)
        {
            ValueSkip.Values(ref decoder, field.Value.Type, count);
        }
        else if (structure.FixedSize > 0)
        {
            decoder.Skip((long)structure.FixedSize * count);
        }
        else
        {
            for (var element = 0; element < count; element++)
            {
                structure.Skip(ref decoder);
            }
        }
    }

    /// <summary>The number of elements of an array field; 0 for null.</summary>
    /// <exception cref="ProtocolViolation">It cannot be true.</exception>
    internal static int ReadCount(ref BinaryDecoder decoder, FieldLayout field) =>
        Math.Max(decoder.ReadArrayLength(field.Inline?.MinSize ?? ValueSkip.MinSize(field.Value.Type)), 0);

    /// <summary>The sizes of a matrix field's dimensions, which stand before the elements; the number of elements is 0 where a dimension is empty.</summary>
    /// <param name="decoder">Stands at the field.</param>
    /// <param name="field">The field.</param>
    /// <param name="dimensions">Receives as many sizes as fit.</param>
    /// <param name="rank">The number of dimensions.</param>
    /// <exception cref="ProtocolViolation">They cannot be true.</exception>
    internal static int ReadDimensions(ref BinaryDecoder decoder, FieldLayout field, scoped Span<int> dimensions, out int rank)
    {
        rank = ValueSkip.Count(ref decoder, BuiltInType.Int32);
        long count = rank == 0 ? 0 : 1;
        for (var index = 0; index < rank; index++)
        {
            var size = Math.Max(decoder.ReadInt32(), 0);
            count = Math.Min(count * size, int.MaxValue);
            if (index < dimensions.Length)
            {
                dimensions[index] = size;
            }
        }
        var least = count * (field.Inline?.MinSize ?? ValueSkip.MinSize(field.Value.Type));
        return least <= decoder.Remaining ? (int)count : throw decoder.Malformed(Clauses.Array, $"A matrix of {count} elements in {decoder.Remaining} bytes.");
    }

    private static void SkipField(ref BinaryDecoder decoder, FieldLayout field)
    {
        var count = field.Shape switch
        {
            FieldShape.Scalar => 1,
            FieldShape.Array => ReadCount(ref decoder, field),
            FieldShape.Matrix => ReadDimensions(ref decoder, field, [], out _),
        };
        SkipValues(ref decoder, field, count);
    }
}
