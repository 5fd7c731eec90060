using CsCheck;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.DataTypes;
using EdgeAlarm.OpcUa.Tests.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Tests.DataTypes;

/// <summary>Draws a body of a structure and a path into it, and knows what stands at its end: written apart from the reader, field by field.</summary>
internal sealed class RandomBody(Random random)
{
    private const int DepthMax = 5;
    private readonly BinaryEncoder _encoder = new();

    /// <summary>The path that was drawn.</summary>
    public string Path { get; private set; } = "";

    /// <summary>What is there: a number, or the null Variant.</summary>
    public Variant Expected { get; private set; }

    /// <summary>Why nothing is there; Good where something is.</summary>
    public StatusCode Status { get; private set; } = StatusCodes.BadNoData;

    public byte[] Write(StructureLayout structure)
    {
        Structure(structure, onPath: true, 0);
        return _encoder.WrittenSpan.ToArray();
    }

    private void Structure(StructureLayout structure, bool onPath, int depth)
    {
        var wanted = random.Next(structure.Fields.Count);
        var present = Enumerable.Range(0, structure.Fields.Count).Where(field => structure.Fields[field].OptionalBit < 0 || (depth < DepthMax && random.Next(2) == 0)).ToHashSet();
        if (structure.IsUnion)
        {
            present = depth < DepthMax && random.Next(4) > 0 ? [random.Next(structure.Fields.Count)] : [];
            _encoder.WriteUInt32(present.Count == 0 ? 0 : (uint)present.Single() + 1);
        }
        else if (structure.HasMask)
        {
            _encoder.WriteUInt32((uint)present.Where(field => structure.Fields[field].OptionalBit >= 0).Sum(field => 1L << structure.Fields[field].OptionalBit));
        }
        if (onPath)
        {
            Path += $"/{structure.Fields[wanted].Name}";
        }
        foreach (var field in present.Order())
        {
            Field(structure.Fields[field], onPath && field == wanted, depth);
        }
        if (onPath && !present.Contains(wanted))
        {
            // the path goes on to a number all the same, or it would be refused before anything is read
            Beyond(structure.Fields[wanted]);
        }
    }

    private void Field(FieldLayout field, bool onPath, int depth)
    {
        var rows = depth < DepthMax ? random.Next(3) : 0;
        var count = field.Shape switch { FieldShape.Scalar => 1, FieldShape.Array => rows, FieldShape.Matrix => rows * 2 };
        var element = random.Next(rows + 1);
        if (field.Shape is FieldShape.Array)
        {
            _encoder.WriteInt32(count);
            Path += onPath ? $"[{element}]" : "";
        }
        else if (field.Shape is FieldShape.Matrix)
        {
            _encoder.WriteInt32(2);
            _encoder.WriteInt32(rows);
            _encoder.WriteInt32(2);
            Path += onPath ? $"[{element},1]" : "";
        }
        var target = field.Shape switch { FieldShape.Scalar => 0, FieldShape.Array => element, FieldShape.Matrix => (element * 2) + 1 };
        for (var index = 0; index < count; index++)
        {
            Value(field, onPath && index == target, depth);
        }
        if (onPath && target >= count)
        {
            Status = StatusCodes.BadIndexRangeNoData;
            Tail(field.Value);
        }
    }

    private void Value(FieldLayout field, bool onPath, int depth)
    {
        if (field.Inline is { } inner)
        {
            Structure(inner, onPath, depth + 1);
            return;
        }
        var type = field.IsWrapped ? BuiltInType.ExtensionObject : field.Value.Type;
        var value = Scalar(type);
        if (!onPath)
        {
            return;
        }
        (Expected, Status) = field.Value.IsComparable ? (value, default(StatusCode)) : (default, StatusCodes.BadTypeMismatch);
        if (field.Value.IsInteger && random.Next(2) == 0)
        {
            var bit = random.Next(ValueSkip.FixedSize(type) * 8);
            Path += $".{bit}";
            Expected = Variant.From((value.Bits >> bit & 1) != 0);
        }
    }

    private void Beyond(FieldLayout field)
    {
        Path += field.Shape switch { FieldShape.Scalar => "", FieldShape.Array => "[0]", FieldShape.Matrix => "[0,0]" };
        Tail(field.Value);
    }

    private void Tail(ValueLayout value)
    {
        for (var at = value; at.Structure is { Fields.Count: > 0 } structure && Path.Length < 200;)
        {
            var field = structure.Fields[^1];
            Path += $"/{field.Name}" + field.Shape switch { FieldShape.Scalar => "", FieldShape.Array => "[0]", FieldShape.Matrix => "[0,0]" };
            at = field.Value;
        }
    }

    private Variant Scalar(BuiltInType type)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        var drawn = new BinaryDecoder(bytes.AsMemory(), DecodingLimits.Default);
        switch (type)
        {
            case >= BuiltInType.Boolean and <= BuiltInType.Double:
                var number = Number(ref drawn, type);
                _encoder.WriteRaw(bytes.AsSpan(0, ValueSkip.FixedSize(type)));
                return number;
            case BuiltInType.String: _encoder.WriteString(Draw(BuiltInTypeGenerators.TextOrNull)); break;
            case BuiltInType.DateTime: _encoder.WriteInt64(drawn.ReadInt64()); break;
            case BuiltInType.Guid: _encoder.WriteGuid(drawn.ReadGuid()); break;
            case BuiltInType.ByteString or BuiltInType.XmlElement: _encoder.WriteByteString(Draw(BuiltInTypeGenerators.BytesOrNull)); break;
            case BuiltInType.NodeId: _encoder.WriteNodeId(Draw(BuiltInTypeGenerators.Node)); break;
            case BuiltInType.ExpandedNodeId: _encoder.WriteExpandedNodeId(Draw(BuiltInTypeGenerators.Expanded)); break;
            case BuiltInType.StatusCode: _encoder.WriteUInt32(drawn.ReadUInt32()); break;
            case BuiltInType.QualifiedName: _encoder.WriteQualifiedName(Draw(BuiltInTypeGenerators.Name)); break;
            case BuiltInType.LocalizedText: _encoder.WriteLocalizedText(Draw(BuiltInTypeGenerators.Localized)); break;
            case BuiltInType.ExtensionObject: _encoder.WriteExtensionObject(Draw(BuiltInTypeGenerators.Extension)); break;
            case BuiltInType.DataValue: _encoder.WriteDataValue(Draw(BuiltInTypeGenerators.Value)); break;
            case BuiltInType.DiagnosticInfo: _encoder.WriteDiagnosticInfo(Draw(BuiltInTypeGenerators.Diagnostics)); break;
            default: _encoder.WriteVariant(Variant.From("text")); break;
        }
        return default;
    }

    private static Variant Number(ref BinaryDecoder drawn, BuiltInType type) => type switch
    {
        BuiltInType.Boolean => Variant.From(drawn.ReadBoolean()),
        BuiltInType.SByte => Variant.From(drawn.ReadSByte()),
        BuiltInType.Byte => Variant.From(drawn.ReadByte()),
        BuiltInType.Int16 => Variant.From(drawn.ReadInt16()),
        BuiltInType.UInt16 => Variant.From(drawn.ReadUInt16()),
        BuiltInType.Int32 => Variant.From(drawn.ReadInt32()),
        BuiltInType.UInt32 => Variant.From(drawn.ReadUInt32()),
        BuiltInType.Int64 => Variant.From(drawn.ReadInt64()),
        BuiltInType.UInt64 => Variant.From(drawn.ReadUInt64()),
        BuiltInType.Float => Variant.From(drawn.ReadFloat()),
        _ => Variant.From(drawn.ReadDouble()),
    };

    private T Draw<T>(Gen<T> values) => values.Generate(new PCG((uint)random.Next(), (ulong)random.NextInt64()), null, out _);
}
