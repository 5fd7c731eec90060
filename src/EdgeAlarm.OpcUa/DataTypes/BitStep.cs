using System.Globalization;

namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>To a bit of an integer, as in <c>.5</c>; always the last step.</summary>
/// <param name="Bit">0 for the lowest, at most 63.</param>
public sealed record BitStep(int Bit) : ValueStep
{
    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $".{Bit}");
}
