using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeAlarm.OpcUa.BuiltInTypes;

/// <summary>
/// A value of any built-in type, alone, as an array or as a matrix (OPC 10000-6 §5.2.2.16). Numbers, booleans, times and status codes are
/// held without boxing. Equality compares contents, numbers by their bits (NaN equals NaN). The default value is the null Variant.
/// </summary>
public readonly struct Variant : IEquatable<Variant>
{
    // scalars of up to 64 bits
    private readonly long _bits;

    // other scalars; Array; VariantMatrix
    private readonly object? _reference;

    private Variant(BuiltInType type, long bits, object? reference, bool isArray)
    {
        Type = type;
        _bits = bits;
        _reference = reference;
        IsArray = isArray;
    }

    /// <summary>The built-in type of the value or of its elements; Null for the null Variant.</summary>
    public BuiltInType Type { get; }

    /// <summary>Whether this is an array or a matrix, possibly null or empty.</summary>
    public bool IsArray { get; }

    /// <summary>Whether this is the null Variant, a single byte 0 on the wire.</summary>
    public bool IsNull => Type == BuiltInType.Null;

    /// <summary>Sizes of a matrix's dimensions; empty for scalars and plain arrays.</summary>
    public ReadOnlySpan<int> Dimensions => (_reference as VariantMatrix)?.Dimensions;

    /// <summary>
    /// The elements of an array or matrix (row by row) as a .NET array of the element type: <c>double[]</c>, <c>string?[]</c>,
    /// <c>DateTime[]</c> (UTC), <c>byte[]?[]</c> for ByteString and XmlElement, <c>Variant[]</c> ... Null for scalars and null arrays.
    /// </summary>
    public Array? Elements => IsArray ? (_reference as VariantMatrix)?.Elements ?? (Array?)_reference : null;

    /// <summary>The scalar's object, or the array or VariantMatrix, for the writer.</summary>
    internal object? Reference => _reference;

    /// <summary>The scalar's bits, for the writer.</summary>
    internal long Bits => _bits;

    /// <summary>A Boolean.</summary>
    public static Variant From(bool value) => new(BuiltInType.Boolean, value ? 1 : 0, null, false);

    /// <summary>An SByte.</summary>
    public static Variant From(sbyte value) => new(BuiltInType.SByte, value, null, false);

    /// <summary>A Byte.</summary>
    public static Variant From(byte value) => new(BuiltInType.Byte, value, null, false);

    /// <summary>An Int16.</summary>
    public static Variant From(short value) => new(BuiltInType.Int16, value, null, false);

    /// <summary>A UInt16.</summary>
    public static Variant From(ushort value) => new(BuiltInType.UInt16, value, null, false);

    /// <summary>An Int32; enumerations too.</summary>
    public static Variant From(int value) => new(BuiltInType.Int32, value, null, false);

    /// <summary>A UInt32.</summary>
    public static Variant From(uint value) => new(BuiltInType.UInt32, value, null, false);

    /// <summary>An Int64.</summary>
    public static Variant From(long value) => new(BuiltInType.Int64, value, null, false);

    /// <summary>A UInt64.</summary>
    public static Variant From(ulong value) => new(BuiltInType.UInt64, unchecked((long)value), null, false);

    /// <summary>A Float.</summary>
    public static Variant From(float value) => new(BuiltInType.Float, BitConverter.SingleToInt32Bits(value), null, false);

    /// <summary>A Double.</summary>
    public static Variant From(double value) => new(BuiltInType.Double, BitConverter.DoubleToInt64Bits(value), null, false);

    /// <summary>A String, possibly null.</summary>
    public static Variant From(string? value) => new(BuiltInType.String, 0, value, false);

    /// <summary>A Guid.</summary>
    public static Variant From(Guid value) => new(BuiltInType.Guid, 0, value, false);

    /// <summary>A ByteString, possibly null; the array is not copied. An array of Byte is made by <see cref="FromArray{T}"/>.</summary>
    public static Variant From(byte[]? value) => new(BuiltInType.ByteString, 0, value, false);

    /// <summary>A NodeId.</summary>
    public static Variant From(NodeId value) => new(BuiltInType.NodeId, 0, value, false);

    /// <summary>An ExpandedNodeId.</summary>
    public static Variant From(ExpandedNodeId value) => new(BuiltInType.ExpandedNodeId, 0, value, false);

    /// <summary>A StatusCode.</summary>
    public static Variant From(StatusCode value) => new(BuiltInType.StatusCode, value.Code, null, false);

    /// <summary>A QualifiedName.</summary>
    public static Variant From(QualifiedName value) => new(BuiltInType.QualifiedName, 0, value, false);

    /// <summary>A LocalizedText.</summary>
    public static Variant From(LocalizedText value) => new(BuiltInType.LocalizedText, 0, value, false);

    /// <summary>A structure.</summary>
    public static Variant From(ExtensionObject value) => new(BuiltInType.ExtensionObject, 0, value, false);

    /// <summary>A DataValue.</summary>
    public static Variant From(DataValue value) => new(BuiltInType.DataValue, 0, value, false);

    /// <summary>A DateTime.</summary>
    /// <param name="ticks">100 ns ticks since 0001-01-01T00:00:00Z, 0 for none.</param>
    public static Variant FromDateTimeTicks(long ticks) => new(BuiltInType.DateTime, ticks, null, false);

    /// <summary>An XmlElement as UTF-8 bytes, possibly null.</summary>
    public static Variant FromXml(byte[]? utf8) => new(BuiltInType.XmlElement, 0, utf8, false);

    /// <summary>A one-dimensional array, possibly null; not copied. <c>byte[]</c> makes Bytes, <c>byte[][]</c> ByteStrings.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is none of the .NET types named at <see cref="Elements"/>.</exception>
    public static Variant FromArray<T>(T[]? elements) => new(VariantElement<T>.Type, 0, elements, true);

    /// <summary>A matrix of two or more dimensions; the elements stand row by row (the last index varies fastest).</summary>
    /// <exception cref="ArgumentException">Fewer than two dimensions, or their product is not the number of elements.</exception>
    public static Variant FromMatrix<T>(T[] elements, params ReadOnlySpan<int> dimensions)
    {
        long product = 1;
        foreach (var size in dimensions)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(dimensions));
            product = Math.Min(product * size, int.MaxValue + 1L);
        }

        return dimensions.Length >= 2 && product == elements.Length
            ? new Variant(VariantElement<T>.Type, 0, new VariantMatrix(elements, dimensions.ToArray()), true)
            : throw new ArgumentException("A matrix has two or more dimensions whose product is its length.", nameof(dimensions));
    }

    /// <summary>
    /// The value of a numeric or Boolean scalar as a double (true is 1; integers beyond 2^53 are rounded), NaN for anything else.
    /// </summary>
    public double AsDouble() => IsArray
        ? double.NaN
        : Type switch
        {
            BuiltInType.Double => BitConverter.Int64BitsToDouble(_bits),
            BuiltInType.Float => BitConverter.Int32BitsToSingle((int)_bits),
            BuiltInType.UInt64 => unchecked((ulong)_bits),
            >= BuiltInType.Boolean and <= BuiltInType.Int64 => _bits,
            _ => double.NaN,
        };

    /// <summary>A scalar Boolean, SByte, Byte, Int16 ... Int64 as a long; false for any other.</summary>
    public bool TryGetInt64(out long value)
    {
        value = _bits;
        return !IsArray && Type is >= BuiltInType.Boolean and <= BuiltInType.Int64;
    }

    /// <summary>A scalar Boolean, Byte, UInt16, UInt32 or UInt64 as a ulong; false for any other.</summary>
    public bool TryGetUInt64(out ulong value)
    {
        value = unchecked((ulong)_bits);
        return !IsArray && Type is BuiltInType.Boolean or BuiltInType.Byte or BuiltInType.UInt16 or BuiltInType.UInt32 or BuiltInType.UInt64;
    }

    /// <summary>A scalar Boolean; false for any other.</summary>
    public bool TryGetBoolean(out bool value)
    {
        value = _bits != 0;
        return !IsArray && Type == BuiltInType.Boolean;
    }

    /// <summary>A scalar DateTime in 100 ns ticks since 0001-01-01T00:00:00Z; false for any other.</summary>
    public bool TryGetDateTimeTicks(out long ticks)
    {
        ticks = _bits;
        return !IsArray && Type == BuiltInType.DateTime;
    }

    /// <summary>The text of a scalar String or LocalizedText, null for any other.</summary>
    public string? AsText() => _reference is LocalizedText text ? text.Text : _reference as string;

    /// <summary>
    /// The scalar or the array as the .NET type named at <see cref="Elements"/>, for what is not on a hot path; false where it is none.
    /// </summary>
    public bool TryGet<T>(out T? value)
    {
        if (ToObject() is T typed)
        {
            value = typed;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The value boxed: a scalar, or the array of <see cref="Elements"/>; null for null values.</summary>
    public object? ToObject() => IsArray ? Elements : Type switch
    {
        BuiltInType.Boolean => _bits != 0,
        BuiltInType.SByte => (sbyte)_bits,
        BuiltInType.Byte => (byte)_bits,
        BuiltInType.Int16 => (short)_bits,
        BuiltInType.UInt16 => (ushort)_bits,
        BuiltInType.Int32 => (int)_bits,
        BuiltInType.UInt32 => (uint)_bits,
        BuiltInType.Int64 => _bits,
        BuiltInType.UInt64 => unchecked((ulong)_bits),
        BuiltInType.Float => BitConverter.Int32BitsToSingle((int)_bits),
        BuiltInType.Double => BitConverter.Int64BitsToDouble(_bits),
        BuiltInType.DateTime => new DateTime(_bits, DateTimeKind.Utc),
        BuiltInType.StatusCode => new StatusCode((uint)_bits),
        _ => _reference,
    };

    /// <summary>Whether both have the same type, shape and contents.</summary>
    public static bool operator ==(Variant left, Variant right) => left.Equals(right);

    /// <summary>Whether type, shape or contents differ.</summary>
    public static bool operator !=(Variant left, Variant right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(Variant other) =>
        Type == other.Type && IsArray == other.IsArray && _bits == other._bits && Dimensions.SequenceEqual(other.Dimensions)
        && (IsArray ? ReferenceEqual(Elements, other.Elements) : ReferenceEqual(_reference, other._reference));

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Variant other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Type, IsArray, _bits, Elements?.Length ?? 0, Type == BuiltInType.String ? _reference : null);

    /// <summary>The value for people: culture-invariant; arrays by type and size.</summary>
    public override string ToString() => IsArray
        ? $"{Type}[{(Dimensions.Length > 0 ? string.Join(',', Dimensions.ToArray()) : Elements?.Length.ToString(CultureInfo.InvariantCulture))}]"
        : ToObject() switch
        {
            null => "null",
            byte[] bytes => Convert.ToHexString(bytes),
            DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
            var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    /// <summary>A number as the decoder found it: the caller vouches that the type is one and that the bits are as <see cref="Bits"/> has them.</summary>
    internal static Variant OfBits(BuiltInType type, long bits) => new(type, bits, null, false);

    /// <summary>A value as the decoder found it: the caller vouches that the reference fits the type.</summary>
    internal static Variant OfReference(BuiltInType type, object? reference) => new(type, 0, reference, false);

    /// <summary>An array or matrix as the decoder found it: the caller vouches that the elements fit the type.</summary>
    internal static Variant OfElements(BuiltInType type, object? elementsOrMatrix) => new(type, 0, elementsOrMatrix, true);

    private static bool ReferenceEqual(object? left, object? right) => (left, right) switch
    {
        (double[] a, double[] b) => BitsEqual<double>(a, b),
        (float[] a, float[] b) => BitsEqual<float>(a, b),
        (Array a, Array b) => StructuralComparisons.StructuralEqualityComparer.Equals(a, b),
        _ => Equals(left, right),
    };

    private static bool BitsEqual<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
        where T : struct => MemoryMarshal.AsBytes(left).SequenceEqual(MemoryMarshal.AsBytes(right));
}
