using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>
/// Reads one number inside a node's value as it lies in the message, without making an object of anything: the hot path of tags like <c>Motor/Status/Bits.3</c>. Where
/// the number is not there, the status says why: BadIndexRangeNoData beyond the end of an array, BadIndexRangeInvalid for another number of dimensions, BadNoData for an
/// optional field or a member of a union that is absent, BadDataTypeIdUnknown for another structure, BadDecodingError for one whose bytes do not fit its definition,
/// BadDataEncodingUnsupported for XML, BadTypeMismatch for anything that is no number.
/// </summary>
public sealed class MemberReader
{
    private const int BitNone = -1;
    private const int DimensionsMax = 4;
    private readonly MemberRoute _route;

    internal MemberReader(MemberRoute route) => _route = route;

    /// <summary>Reads a Variant and gives the number in it.</summary>
    /// <param name="decoder">Stands at the Variant, afterwards behind it.</param>
    /// <param name="status">Good, or why there is no number.</param>
    /// <returns>A Boolean or a number; the null Variant where there is none.</returns>
    /// <exception cref="ProtocolViolation">The bytes are no Variant.</exception>
    public Variant Read(ref BinaryDecoder decoder, out StatusCode status) => ReadVariant(ref decoder, 0, out status);

    /// <summary>Gives the number in a value that was decoded as a whole. Encodes it once more: for readings that are rare.</summary>
    /// <returns>The value with its times; its status says why where there is no number.</returns>
    public DataValue Read(in DataValue whole)
    {
        var encoder = new BinaryEncoder();
        encoder.WriteDataValue(whole);
        var decoder = new BinaryDecoder(encoder.WrittenSpan.ToArray(), DecodingLimits.Default);
        return decoder.ReadDataValue(this);
    }

    // the elements of a Variant stand before the sizes of its dimensions
    private Variant ReadElement(ref BinaryDecoder decoder, BuiltInType type, bool hasDimensions, int step, out StatusCode status)
    {
        var count = ValueSkip.Count(ref decoder, type);
        var elements = decoder;
        ValueSkip.Values(ref decoder, type, count);
        Span<int> dimensions = stackalloc int[DimensionsMax];
        var rank = hasDimensions ? ReadSizes(ref decoder, dimensions) : 1;
        if (rank == 1)
        {
            dimensions[0] = count;
        }
        var index = IndexOf(step, dimensions, rank, count, out status);
        if (index < 0)
        {
            return default;
        }
        ValueSkip.Values(ref elements, type, index);
        return ReadValue(ref elements, type, null, step + 1, out status);
    }

    private static int ReadSizes(ref BinaryDecoder decoder, scoped Span<int> dimensions)
    {
        var rank = ValueSkip.Count(ref decoder, BuiltInType.Int32);
        for (var index = 0; index < rank; index++)
        {
            var size = decoder.ReadInt32();
            if (index < dimensions.Length)
            {
                dimensions[index] = size;
            }
        }
        return rank;
    }

    // row by row, the last index varies fastest
    private int IndexOf(int step, ReadOnlySpan<int> dimensions, int rank, int count, out StatusCode status)
    {
        status = StatusCodes.BadIndexRangeInvalid;
        var indexes = step < _route.Steps.Length ? _route.Steps[step].Indexes : null;
        if (indexes is null || indexes.Length != rank)
        {
            return -1;
        }
        long at = 0;
        status = StatusCodes.BadIndexRangeNoData;
        for (var dimension = 0; dimension < rank; dimension++)
        {
            if (indexes[dimension] >= dimensions[dimension])
            {
                return -1;
            }
            at = (at * dimensions[dimension]) + indexes[dimension];
        }
        return at < count ? (int)at : -1;
    }

    // a single value of a Variant, of an array's elements or of a field
    private Variant ReadValue(ref BinaryDecoder decoder, BuiltInType type, StructureLayout? inline, int step, out StatusCode status)
    {
        if (inline is not null)
        {
            return ReadMember(ref decoder, inline, step, out status);
        }
        switch (type)
        {
            case BuiltInType.ExtensionObject when step < _route.Steps.Length:
                return ReadBody(ref decoder, step, out status);
            case BuiltInType.ByteString when step < _route.Steps.Length && _route.Steps[step].Indexes is not null:
                return ReadByte(ref decoder, step, out status);
            case BuiltInType.Variant:
                return ReadVariant(ref decoder, step, out status);
            default:
                return ReadNumber(ref decoder, type, step, out status);
        }
    }

    private Variant ReadVariant(ref BinaryDecoder decoder, int step, out StatusCode status)
    {
        decoder.Enter();
        var mask = decoder.ReadByte();
        var type = ValueSkip.TypeOf(mask);
        var value = (mask & VariantMask.Array) != 0
            ? ReadElement(ref decoder, type, (mask & VariantMask.Dimensions) != 0, step, out status)
            : ReadValue(ref decoder, type, null, step, out status);
        decoder.Leave();
        return value;
    }

    private Variant ReadNumber(ref BinaryDecoder decoder, BuiltInType type, int step, out StatusCode status)
    {
        if (step == _route.Steps.Length && Number(ref decoder, type, out var number))
        {
            if (_route.Bit == BitNone)
            {
                status = default;
                return number;
            }
            var bits = ValueSkip.FixedSize(type) * 8;
            var hasBit = type is >= BuiltInType.SByte and <= BuiltInType.UInt64 && _route.Bit < bits;
            status = hasBit ? default : StatusCodes.BadTypeMismatch;
            return hasBit ? Variant.From((number.Bits >> _route.Bit & 1) != 0) : default;
        }
        if (step != _route.Steps.Length || type is < BuiltInType.Boolean or > BuiltInType.Double)
        {
            ValueSkip.Value(ref decoder, type);
        }
        status = StatusCodes.BadTypeMismatch;
        return default;
    }

    private static bool Number(ref BinaryDecoder decoder, BuiltInType type, out Variant number)
    {
        number = type switch
        {
            BuiltInType.Boolean => Variant.From(decoder.ReadBoolean()),
            BuiltInType.SByte => Variant.From(decoder.ReadSByte()),
            BuiltInType.Byte => Variant.From(decoder.ReadByte()),
            BuiltInType.Int16 => Variant.From(decoder.ReadInt16()),
            BuiltInType.UInt16 => Variant.From(decoder.ReadUInt16()),
            BuiltInType.Int32 => Variant.From(decoder.ReadInt32()),
            BuiltInType.UInt32 => Variant.From(decoder.ReadUInt32()),
            BuiltInType.Int64 => Variant.From(decoder.ReadInt64()),
            BuiltInType.UInt64 => Variant.From(decoder.ReadUInt64()),
            BuiltInType.Float => Variant.From(decoder.ReadFloat()),
            BuiltInType.Double => Variant.From(decoder.ReadDouble()),
            _ => default,
        };
        return !number.IsNull;
    }

    private Variant ReadByte(ref BinaryDecoder decoder, int step, out StatusCode status)
    {
        var bytes = decoder.ReadBytes();
        var index = IndexOf(step, [bytes.Length], 1, bytes.Length, out status);
        if (index < 0)
        {
            return default;
        }
        var one = decoder.Slice(bytes.Slice(index, 1));
        return ReadNumber(ref one, BuiltInType.Byte, step + 1, out status);
    }

    private Variant ReadBody(ref BinaryDecoder decoder, int step, out StatusCode status)
    {
        var layout = _route.Steps[step].Structure;
        var isExpected = layout is not null && layout.IsEncodedAs(ref decoder);
        if (layout is null)
        {
            ValueSkip.Value(ref decoder, BuiltInType.NodeId);
        }
        var kind = (ExtensionObjectKind)decoder.ReadByte();
        if (kind is ExtensionObjectKind.None)
        {
            status = StatusCodes.BadNoData;
            return default;
        }
        var body = decoder.Slice(decoder.ReadBytes());
        status = kind is not ExtensionObjectKind.Binary ? StatusCodes.BadDataEncodingUnsupported : StatusCodes.BadDataTypeIdUnknown;
        return isExpected && kind is ExtensionObjectKind.Binary ? ReadBody(ref body, layout!, step, out status) : default; // expected means that there is one
    }

    // a body that does not fit its definition costs this value only: the message goes on behind it
    private Variant ReadBody(ref BinaryDecoder body, StructureLayout layout, int step, out StatusCode status)
    {
        try
        {
            var value = ReadMember(ref body, layout, step, out status);
            if (body.Remaining == 0)
            {
                return value;
            }
        }
        catch (ProtocolViolation)
        {
            // told by the status
        }
        status = StatusCodes.BadDecodingError;
        return default;
    }

    private Variant ReadMember(ref BinaryDecoder decoder, StructureLayout layout, int step, out StatusCode status)
    {
        var index = _route.Steps[step].Field;
        decoder.Enter();
        var selector = layout.ReadSelector(ref decoder);
        layout.SkipFields(ref decoder, 0, index, selector);
        status = StatusCodes.BadNoData;
        var value = layout.Has(index, selector) ? ReadField(ref decoder, layout.Fields[index], step + 1, out status) : default;
        layout.SkipFields(ref decoder, index + 1, layout.Fields.Count, selector);
        decoder.Leave();
        return value;
    }

    private Variant ReadField(ref BinaryDecoder decoder, FieldLayout field, int step, out StatusCode status)
    {
        if (field.Shape is FieldShape.Scalar)
        {
            return ReadValue(ref decoder, field.Value.Type, field.Inline, step, out status);
        }
        Span<int> dimensions = stackalloc int[DimensionsMax];
        var rank = 1;
        var count = field.Shape is FieldShape.Array ? dimensions[0] = StructureLayout.ReadCount(ref decoder, field) : StructureLayout.ReadDimensions(ref decoder, field, dimensions, out rank);
        var index = IndexOf(step, dimensions, rank, count, out status);
        if (index < 0)
        {
            StructureLayout.SkipValues(ref decoder, field, count);
            return default;
        }
        StructureLayout.SkipValues(ref decoder, field, index);
        var value = ReadValue(ref decoder, field.Value.Type, field.Inline, step + 1, out status);
        StructureLayout.SkipValues(ref decoder, field, count - index - 1);
        return value;
    }
}
