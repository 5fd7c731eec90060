namespace EdgeAlarm.Engine;

/// <summary>A tag's value without boxing. It only ever travels inside a <see cref="Sample"/>, next to its quality.</summary>
/// <param name="Kind">How to read <paramref name="Bits"/>.</param>
/// <param name="Bits">The value's 64 bits; 0 for <see cref="TagValueKind.None"/>.</param>
public readonly record struct TagValue(TagValueKind Kind, long Bits)
{
    /// <summary>No comparable value.</summary>
    public static readonly TagValue None;

    /// <summary>A boolean value.</summary>
    public static TagValue From(bool value) => new(TagValueKind.Boolean, value ? 1 : 0);

    /// <summary>A signed integer value.</summary>
    public static TagValue From(long value) => new(TagValueKind.Integer, value);

    /// <summary>An unsigned integer value.</summary>
    public static TagValue From(ulong value) => new(TagValueKind.Unsigned, unchecked((long)value));

    /// <summary>A real value.</summary>
    public static TagValue From(double value) => new(TagValueKind.Real, BitConverter.DoubleToInt64Bits(value));

    /// <summary>The value as a number; NaN for <see cref="TagValueKind.None"/>. Integers beyond 2^53 are rounded.</summary>
    public double AsNumber() => Kind switch
    {
        TagValueKind.None => double.NaN,
        TagValueKind.Boolean => Bits,
        TagValueKind.Integer => Bits,
        TagValueKind.Unsigned => unchecked((ulong)Bits),
        TagValueKind.Real => BitConverter.Int64BitsToDouble(Bits),
    };
}
