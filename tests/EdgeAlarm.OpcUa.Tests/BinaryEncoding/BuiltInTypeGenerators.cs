using CsCheck;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Tests.BinaryEncoding;

/// <summary>Random values of every built-in type, with null and empty, zero dimensions and nesting among them.</summary>
internal static class BuiltInTypeGenerators
{
    internal static readonly Gen<string> Text =
        Gen.OneOf(Gen.Const(""), Gen.Char[' ', '\uD7FF'].Array[0, 12].Select(chars => new string(chars)));

    internal static readonly Gen<string?> TextOrNull = Gen.OneOf(Gen.Const((string?)null), Text.Select(text => (string?)text));

    internal static readonly Gen<byte[]?> BytesOrNull =
        Gen.OneOf(Gen.Const((byte[]?)null), Gen.Byte.Array[0, 9].Select(bytes => (byte[]?)bytes));

    // absent, or a tick that the calendar of the wire can hold
    internal static readonly Gen<long> Ticks = Gen.OneOf(Gen.Const(0L), Gen.Long[504_911_232_000_000_001, 3_155_378_975_989_999_999]);

    internal static readonly Gen<StatusCode> Status = Gen.UInt.Select(code => new StatusCode(code));

    internal static readonly Gen<NodeId> Node = Gen.OneOf(
        Gen.Select(Gen.UShort[0, 300], Gen.UInt[0, 70_000], NodeId.Numeric),
        Gen.Select(Gen.UShort, Gen.UInt, NodeId.Numeric),
        Gen.Select(Gen.UShort, Text, NodeId.Text),
        Gen.Select(Gen.UShort, Gen.Guid, NodeId.OfGuid),
        Gen.Select(Gen.UShort, Gen.Byte.Array[0, 9], (index, bytes) => NodeId.Opaque(index, bytes)));

    internal static readonly Gen<ExpandedNodeId> Expanded = Gen.Select(
        Node, TextOrNull, Gen.UInt[0, 3], (node, uri, server) => new ExpandedNodeId(uri is null ? node : node.WithNamespace(0), uri, server));

    internal static readonly Gen<QualifiedName> Name = Gen.Select(Gen.UShort, TextOrNull, (index, name) => new QualifiedName(index, name));

    internal static readonly Gen<LocalizedText> Localized = Gen.Select(TextOrNull, TextOrNull, (text, locale) => new LocalizedText(text, locale));

    internal static readonly Gen<ExtensionObject> Extension = Gen.Select(
        Node,
        Gen.Enum<ExtensionObjectKind>(),
        Gen.Byte.Array[0, 9],
        (node, kind, body) => new ExtensionObject(node, kind, kind == ExtensionObjectKind.None ? default : body));

    internal static readonly Gen<DiagnosticInfo?> Diagnostics = DiagnosticsOf(3);

    internal static readonly Gen<Variant> AnyVariant = VariantOf(2);

    internal static readonly Gen<DataValue> Value = ValueOf(2);

    private static Gen<DiagnosticInfo?> DiagnosticsOf(int depth)
    {
        var none = Gen.Const((DiagnosticInfo?)null);
        if (depth == 0)
        {
            return none;
        }

        var index = Gen.OneOf(Gen.Const((int?)null), Gen.Int.Select(value => (int?)value));
        var some = Gen.Select(index, index, index, index, TextOrNull, Gen.UInt, DiagnosticsOf(depth - 1)).Select(
            (symbol, uri, locale, text, info, status, inner) => new DiagnosticInfo
            {
                SymbolicId = symbol,
                NamespaceUri = uri,
                Locale = locale,
                LocalizedText = text,
                AdditionalInfo = info,
                InnerStatusCode = status % 2 == 0 ? null : new StatusCode(status),
                InnerDiagnosticInfo = inner,
            });

        // one in which nothing is set is the empty one, which is null in memory
        return Gen.OneOf(none, some.Select(info => info == new DiagnosticInfo() ? null : info));
    }

    private static Gen<Variant> VariantOf(int depth)
    {
        var scalars = Gen.OneOf(
            Gen.Const(default(Variant)),
            Gen.Bool.Select(Variant.From), Gen.SByte.Select(Variant.From), Gen.Byte.Select(Variant.From), Gen.Short.Select(Variant.From),
            Gen.UShort.Select(Variant.From), Gen.Int.Select(Variant.From), Gen.UInt.Select(Variant.From), Gen.Long.Select(Variant.From),
            Gen.ULong.Select(Variant.From), Gen.Float.Select(Variant.From), Gen.Double.Select(Variant.From), TextOrNull.Select(Variant.From),
            Ticks.Select(Variant.FromDateTimeTicks), Gen.Guid.Select(Variant.From), BytesOrNull.Select(Variant.From),
            BytesOrNull.Select(Variant.FromXml), Node.Select(Variant.From), Expanded.Select(Variant.From), Status.Select(Variant.From),
            Name.Select(Variant.From), Localized.Select(Variant.From), Extension.Select(Variant.From));
        var arrays = Gen.OneOf(
            Elements(Gen.Bool), Elements(Gen.SByte), Elements(Gen.Byte), Elements(Gen.Short), Elements(Gen.UShort), Elements(Gen.Int),
            Elements(Gen.UInt), Elements(Gen.Long), Elements(Gen.ULong), Elements(Gen.Float), Elements(Gen.Double), Elements(TextOrNull),
            Elements(Ticks.Select(ticks => new DateTime(ticks, DateTimeKind.Utc))), Elements(Gen.Guid), Elements(BytesOrNull),
            Elements(Node), Elements(Expanded), Elements(Status), Elements(Name), Elements(Localized), Elements(Extension));
        return depth == 0
            ? Gen.OneOf(scalars, arrays)
            : Gen.OneOf(
                scalars,
                arrays,
                ValueOf(depth - 1).Select(Variant.From),
                Elements(ValueOf(depth - 1)),
                Elements(VariantOf(depth - 1)));
    }

    private static Gen<DataValue> ValueOf(int depth) => Gen.Select(
        VariantOf(depth), Status, Ticks, Ticks, Gen.UShort[0, 9999], Gen.UShort[0, 9999],
        (value, status, source, server, sourcePicoseconds, serverPicoseconds) =>
            new DataValue(value, status, source, server, sourcePicoseconds, serverPicoseconds));

    // null, empty, one dimension, two dimensions with zero among the sizes
    private static Gen<Variant> Elements<T>(Gen<T> element) => Gen.OneOf(
        Gen.Const(Variant.FromArray<T>(null)),
        element.Array[0, 5].Select(Variant.FromArray),
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3]).SelectMany((rows, columns) =>
            element.Array[rows * columns].Select(elements => Variant.FromMatrix(elements, rows, columns))));
}
