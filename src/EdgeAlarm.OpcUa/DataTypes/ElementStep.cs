using System.Collections.Immutable;

namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>To an element of an array or matrix, as in <c>[2]</c> or <c>[1,3]</c>; of a ByteString to a byte.</summary>
/// <param name="Indexes">One index a dimension, counted from 0.</param>
public sealed record ElementStep(ImmutableArray<int> Indexes) : ValueStep
{
    /// <inheritdoc />
    public override string ToString() => $"[{string.Join(',', Indexes)}]";
}
