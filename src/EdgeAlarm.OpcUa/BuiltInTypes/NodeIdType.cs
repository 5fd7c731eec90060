namespace EdgeAlarm.OpcUa.BuiltInTypes;

/// <summary>How the identifier of a NodeId is written (OPC 10000-3 §8.2.3).</summary>
public enum NodeIdType : byte
{
    /// <summary>An unsigned number, <c>i=</c>.</summary>
    Numeric = 0,

    /// <summary>Text, <c>s=</c>.</summary>
    Text = 1,

    /// <summary>A GUID, <c>g=</c>.</summary>
    Guid = 2,

    /// <summary>Bytes, <c>b=</c> in base 64.</summary>
    Opaque = 3,
}
