namespace EdgeAlarm.OpcUa.BuiltInTypes;

/// <summary>A matrix inside a Variant: the elements row by row (the last index varies fastest) and the size of each dimension.</summary>
internal sealed record VariantMatrix(Array Elements, int[] Dimensions);
