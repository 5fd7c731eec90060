namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>How many values a field holds.</summary>
public enum FieldShape
{
    /// <summary>One.</summary>
    Scalar,

    /// <summary>A row of them.</summary>
    Array,

    /// <summary>Rows of two or more dimensions.</summary>
    Matrix,
}
