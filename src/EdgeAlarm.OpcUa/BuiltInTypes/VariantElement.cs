namespace EdgeAlarm.OpcUa.BuiltInTypes;

/// <summary>Which built-in type the elements of a .NET array are, found once per element type.</summary>
internal static class VariantElement<T>
{
    internal static readonly BuiltInType Type = Find();

    private static BuiltInType Find()
    {
        var type = typeof(T);
        return type switch
        {
            _ when type == typeof(bool) => BuiltInType.Boolean,
            _ when type == typeof(sbyte) => BuiltInType.SByte,
            _ when type == typeof(byte) => BuiltInType.Byte,
            _ when type == typeof(short) => BuiltInType.Int16,
            _ when type == typeof(ushort) => BuiltInType.UInt16,
            _ when type == typeof(int) => BuiltInType.Int32,
            _ when type == typeof(uint) => BuiltInType.UInt32,
            _ when type == typeof(long) => BuiltInType.Int64,
            _ when type == typeof(ulong) => BuiltInType.UInt64,
            _ when type == typeof(float) => BuiltInType.Float,
            _ when type == typeof(double) => BuiltInType.Double,
            _ when type == typeof(string) => BuiltInType.String,
            _ when type == typeof(DateTime) => BuiltInType.DateTime,
            _ when type == typeof(Guid) => BuiltInType.Guid,
            _ when type == typeof(byte[]) => BuiltInType.ByteString,
            _ when type == typeof(NodeId) => BuiltInType.NodeId,
            _ when type == typeof(ExpandedNodeId) => BuiltInType.ExpandedNodeId,
            _ when type == typeof(StatusCode) => BuiltInType.StatusCode,
            _ when type == typeof(QualifiedName) => BuiltInType.QualifiedName,
            _ when type == typeof(LocalizedText) => BuiltInType.LocalizedText,
            _ when type == typeof(ExtensionObject) => BuiltInType.ExtensionObject,
            _ when type == typeof(DataValue) => BuiltInType.DataValue,
            _ when type == typeof(Variant) => BuiltInType.Variant,
            _ => throw new NotSupportedException($"{type} is no built-in type of OPC UA."),
        };
    }
}
