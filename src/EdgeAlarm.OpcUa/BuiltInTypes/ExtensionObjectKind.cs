namespace EdgeAlarm.OpcUa.BuiltInTypes;

/// <summary>How the body of an ExtensionObject is encoded (OPC 10000-6 §5.2.2.15).</summary>
public enum ExtensionObjectKind : byte
{
    /// <summary>No body.</summary>
    None = 0,

    /// <summary>A structure in OPC UA Binary.</summary>
    Binary = 1,

    /// <summary>XML as UTF-8 bytes.</summary>
    Xml = 2,
}
