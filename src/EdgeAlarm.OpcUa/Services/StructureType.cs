namespace EdgeAlarm.OpcUa.Services;

/// <summary>How the fields of a structure are encoded (OPC 10000-3 §8.49).</summary>
public enum StructureType
{
    /// <summary>All fields, one after the other.</summary>
    Structure = 0,

    /// <summary>A mask tells which of the optional fields are there.</summary>
    StructureWithOptionalFields = 1,

    /// <summary>One of the fields, or none.</summary>
    Union = 2,

    /// <summary>As Structure; fields marked as optional may hold subtypes instead.</summary>
    StructureWithSubtypedValues = 3,

    /// <summary>As Union; fields marked as optional may hold subtypes instead.</summary>
    UnionWithSubtypedValues = 4,
}
