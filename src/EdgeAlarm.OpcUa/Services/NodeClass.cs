namespace EdgeAlarm.OpcUa.Services;

/// <summary>The class of a node (OPC 10000-3 §8.29).</summary>
public enum NodeClass
{
    /// <summary>Not given.</summary>
    Unspecified = 0,

    /// <summary>An object.</summary>
    Object = 1,

    /// <summary>A variable.</summary>
    Variable = 2,

    /// <summary>A method.</summary>
    Method = 4,

    /// <summary>A type of objects.</summary>
    ObjectType = 8,

    /// <summary>A type of variables.</summary>
    VariableType = 16,

    /// <summary>A type of references.</summary>
    ReferenceType = 32,

    /// <summary>A type of values.</summary>
    DataType = 64,

    /// <summary>A view.</summary>
    View = 128,
}
