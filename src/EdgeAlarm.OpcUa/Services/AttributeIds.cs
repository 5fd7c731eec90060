namespace EdgeAlarm.OpcUa.Services;

/// <summary>The attributes of nodes by number (OPC 10000-6 Annex A.1).</summary>
public static class AttributeIds
{
    /// <summary>The node's own id.</summary>
    public const uint NodeId = 1;

    /// <summary>Object, variable, method ...</summary>
    public const uint NodeClass = 2;

    /// <summary>The name for programs.</summary>
    public const uint BrowseName = 3;

    /// <summary>The name for people.</summary>
    public const uint DisplayName = 4;

    /// <summary>The description for people.</summary>
    public const uint Description = 5;

    /// <summary>Which attributes a client may write.</summary>
    public const uint WriteMask = 6;

    /// <summary>Which attributes this user may write.</summary>
    public const uint UserWriteMask = 7;

    /// <summary>Of a type: whether only its subtypes have instances.</summary>
    public const uint IsAbstract = 8;

    /// <summary>Whether a node notifies of events.</summary>
    public const uint EventNotifier = 12;

    /// <summary>The value of a variable.</summary>
    public const uint Value = 13;

    /// <summary>The data type of a variable.</summary>
    public const uint DataType = 14;

    /// <summary>-1 scalar, 1 array, 2 and more matrix.</summary>
    public const uint ValueRank = 15;

    /// <summary>The sizes of an array's dimensions.</summary>
    public const uint ArrayDimensions = 16;

    /// <summary>Bits: 1 readable, 2 writable, 4 history.</summary>
    public const uint AccessLevel = 17;

    /// <summary>The same bits for this user.</summary>
    public const uint UserAccessLevel = 18;

    /// <summary>The fastest sampling in milliseconds, 0 for continuous, -1 for unknown.</summary>
    public const uint MinimumSamplingInterval = 19;

    /// <summary>Whether the server collects history.</summary>
    public const uint Historizing = 20;

    /// <summary>The fields of a structure or the names of an enumeration; of data types, since version 1.04.</summary>
    public const uint DataTypeDefinition = 23;
}
