namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>Which fields of a DiagnosticInfo follow (OPC 10000-6 §5.2.2.12). The bits' order is not the fields' order.</summary>
internal static class DiagnosticInfoMask
{
    internal const byte SymbolicId = 0x01;
    internal const byte NamespaceUri = 0x02;
    internal const byte LocalizedText = 0x04;
    internal const byte Locale = 0x08;
    internal const byte AdditionalInfo = 0x10;
    internal const byte InnerStatusCode = 0x20;
    internal const byte InnerDiagnosticInfo = 0x40;
    internal const byte All = 0x7F;
}
