using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>What an alarm can compare of an OPC UA value.</summary>
internal static class TagValueReader
{
    /// <summary>A scalar number or boolean without loss; anything else (text, time, array, structure, null) is <see cref="TagValue.None"/>.</summary>
    public static TagValue Read(in Variant value) => value switch
    {
        { IsArray: true } => TagValue.None,
        { Type: BuiltInType.Boolean } => TagValue.From(value.TryGetBoolean(out var truth) && truth),
        { Type: BuiltInType.SByte or BuiltInType.Int16 or BuiltInType.Int32 or BuiltInType.Int64 } => value.TryGetInt64(out var integer) ? TagValue.From(integer) : TagValue.None,
        { Type: BuiltInType.Byte or BuiltInType.UInt16 or BuiltInType.UInt32 or BuiltInType.UInt64 } => value.TryGetUInt64(out var unsigned) ? TagValue.From(unsigned) : TagValue.None,
        { Type: BuiltInType.Float or BuiltInType.Double } => TagValue.From(value.AsDouble()),
        _ => TagValue.None,
    };
}
