namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>A <see cref="ValuePath"/> with its names looked up.</summary>
/// <param name="Steps">Into elements and members.</param>
/// <param name="Bit">The bit at the end; -1 for the number itself.</param>
internal sealed record MemberRoute(MemberRoute.Step[] Steps, int Bit)
{
    /// <summary>A step into an element or a member.</summary>
    /// <param name="Indexes">Of an element, one index a dimension; null for a member.</param>
    /// <param name="Structure">Of a member, the structure that has it; null for an element.</param>
    /// <param name="Field">Of a member, its index.</param>
    internal readonly record struct Step(int[]? Indexes, StructureLayout? Structure, int Field);
}
