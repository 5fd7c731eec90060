namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>Clauses of the standard that decoders cite.</summary>
internal static class Clauses
{
    internal const string BinaryEncoding = "OPC 10000-6 §5.2.1";
    internal const string String = "OPC 10000-6 §5.2.2.4";
    internal const string ByteString = "OPC 10000-6 §5.2.2.7";
    internal const string NodeId = "OPC 10000-6 §5.2.2.9";
    internal const string ExpandedNodeId = "OPC 10000-6 §5.2.2.10";
    internal const string ExtensionObject = "OPC 10000-6 §5.2.2.15";
    internal const string Variant = "OPC 10000-6 §5.2.2.16";
    internal const string Array = "OPC 10000-6 §5.2.5";
    internal const string Nesting = "OPC 10000-6 §5.1.5";
}
