namespace EdgeAlarm.OpcUa.BuiltInTypes;

/// <summary>The built-in types with their ids on the wire (OPC 10000-6 §5.1.2, table 1).</summary>
public enum BuiltInType : byte
{
    /// <summary>No value: the null Variant.</summary>
    Null = 0,

    /// <summary>True or false, one byte.</summary>
    Boolean = 1,

    /// <summary>Signed 8 bits.</summary>
    SByte = 2,

    /// <summary>Unsigned 8 bits.</summary>
    Byte = 3,

    /// <summary>Signed 16 bits.</summary>
    Int16 = 4,

    /// <summary>Unsigned 16 bits.</summary>
    UInt16 = 5,

    /// <summary>Signed 32 bits; enumerations travel as this.</summary>
    Int32 = 6,

    /// <summary>Unsigned 32 bits.</summary>
    UInt32 = 7,

    /// <summary>Signed 64 bits.</summary>
    Int64 = 8,

    /// <summary>Unsigned 64 bits.</summary>
    UInt64 = 9,

    /// <summary>IEEE 754 single precision.</summary>
    Float = 10,

    /// <summary>IEEE 754 double precision.</summary>
    Double = 11,

    /// <summary>UTF-8 text, null and empty distinct.</summary>
    String = 12,

    /// <summary>An instant in UTC, 100 ns ticks.</summary>
    DateTime = 13,

    /// <summary>A 16-byte identifier.</summary>
    Guid = 14,

    /// <summary>Bytes, null and empty distinct.</summary>
    ByteString = 15,

    /// <summary>UTF-8 XML held as bytes (deprecated by the standard).</summary>
    XmlElement = 16,

    /// <summary>An address in a server's address space.</summary>
    NodeId = 17,

    /// <summary>A NodeId with a namespace URI or a server index.</summary>
    ExpandedNodeId = 18,

    /// <summary>Severity, code and info bits.</summary>
    StatusCode = 19,

    /// <summary>A name with a namespace index.</summary>
    QualifiedName = 20,

    /// <summary>Text with a locale.</summary>
    LocalizedText = 21,

    /// <summary>A structure in its own encoding.</summary>
    ExtensionObject = 22,

    /// <summary>A value with its status and times.</summary>
    DataValue = 23,

    /// <summary>A value of any type; inside a Variant only as an array's element.</summary>
    Variant = 24,

    /// <summary>Diagnostics of a failed operation; never inside a Variant.</summary>
    DiagnosticInfo = 25,
}
