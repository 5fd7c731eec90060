namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>A field of a structure as it stands on the wire.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What one of its values is.</param>
/// <param name="Shape">How many there are.</param>
/// <param name="OptionalBit">Its bit in the mask of optional fields; -1 where it is always there.</param>
/// <param name="IsWrapped">Whether a structure comes with the id of its encoding and its length, as it may be of a subtype.</param>
public sealed record FieldLayout(string Name, ValueLayout Value, FieldShape Shape, int OptionalBit, bool IsWrapped)
{
    /// <summary>The structure whose fields follow directly; null where none does.</summary>
    internal StructureLayout? Inline => IsWrapped ? null : Value.Structure;
}
