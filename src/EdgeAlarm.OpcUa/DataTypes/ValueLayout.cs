using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>How a value of a data type stands on the wire.</summary>
/// <param name="Name">The data type's name.</param>
/// <param name="Type">The built-in type as which it travels: an enumeration as Int32, a structure as ExtensionObject, an abstract number as Variant.</param>
/// <param name="Structure">The fields of a structure; null of any other type, and of a structure of which only its subtypes have fields.</param>
/// <param name="Names">The values of an enumeration or the bits of an option set; null of any other type.</param>
public sealed record ValueLayout(string Name, BuiltInType Type, StructureLayout? Structure = null, EnumDefinition? Names = null)
{
    /// <summary>A value of which nothing is known before it comes.</summary>
    public static readonly ValueLayout Open = new("BaseDataType", BuiltInType.Variant);

    /// <summary>Whether an alarm can compare such values: booleans, numbers and enumerations.</summary>
    public bool IsComparable => Type is >= BuiltInType.Boolean and <= BuiltInType.Double;

    /// <summary>Whether it is an integer, so that it has bits.</summary>
    public bool IsInteger => Type is >= BuiltInType.SByte and <= BuiltInType.UInt64;
}
