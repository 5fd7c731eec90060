namespace EdgeAlarm.Engine;

/// <summary>What a <see cref="TagValue"/> holds.</summary>
public enum TagValueKind : byte
{
    /// <summary>No value, or one that no alarm can compare (text, arrays, structures).</summary>
    None,

    /// <summary>A boolean; the bits are 0 or 1.</summary>
    Boolean,

    /// <summary>A signed integer of up to 64 bits.</summary>
    Integer,

    /// <summary>An unsigned integer of up to 64 bits.</summary>
    Unsigned,

    /// <summary>A float or double, NaN and infinities included.</summary>
    Real,
}
