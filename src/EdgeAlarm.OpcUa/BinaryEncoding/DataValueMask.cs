namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>Which fields of a DataValue follow (OPC 10000-6 §5.2.2.17). The bits' order is not the fields' order.</summary>
internal static class DataValueMask
{
    internal const byte Value = 0x01;
    internal const byte Status = 0x02;
    internal const byte SourceTimestamp = 0x04;
    internal const byte ServerTimestamp = 0x08;
    internal const byte SourcePicoseconds = 0x10;
    internal const byte ServerPicoseconds = 0x20;
}
