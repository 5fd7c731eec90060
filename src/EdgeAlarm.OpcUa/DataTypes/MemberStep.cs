namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>To a field of a structure, as in <c>/Speed</c>.</summary>
/// <param name="Name">The field's name, in its spelling.</param>
public sealed record MemberStep(string Name) : ValueStep
{
    /// <inheritdoc />
    public override string ToString() => $"/{Name}";
}
