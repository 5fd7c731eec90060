using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>The data types of namespace 0 that are built in, or that stand for them (OPC 10000-6 §5.1.2).</summary>
internal static class StandardDataTypes
{
    private const uint Structure = 22;
    private const uint BaseDataType = 24;
    private const uint Number = 26;
    private const uint UInteger = 28;
    private const uint Enumeration = 29;
    private const uint Decimal = 50;
    private const uint Union = 12756;

    /// <summary>How such a type travels; null for all others, which are derived from these.</summary>
    internal static ValueLayout? Find(NodeId type) => type is { IdType: NodeIdType.Numeric, NamespaceIndex: 0 }
        ? type.Number switch
        {
            0 or BaseDataType => ValueLayout.Open,
            Structure => new("Structure", BuiltInType.ExtensionObject),
            Union => new("Union", BuiltInType.ExtensionObject),
            Decimal => new("Decimal", BuiltInType.ExtensionObject),
            >= Number and <= UInteger => new("Number", BuiltInType.Variant),
            Enumeration => new("Enumeration", BuiltInType.Int32),
            <= (uint)BuiltInType.DiagnosticInfo => new(((BuiltInType)type.Number).ToString(), (BuiltInType)type.Number),
            _ => null,
        }
        : null;
}
