namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>The bits of a Variant's first byte (OPC 10000-6 §5.2.2.16).</summary>
internal static class VariantMask
{
    internal const byte Type = 0x3F;
    internal const byte Dimensions = 0x40;
    internal const byte Array = 0x80;
}
