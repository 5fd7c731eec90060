using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>Writes a DiagnosticInfo (OPC 10000-6 §5.2.2.12).</summary>
internal static class DiagnosticInfoWriter
{
    internal static void Write(BinaryEncoder encoder, DiagnosticInfo? value)
    {
        if (value is null)
        {
            encoder.WriteByte(0);
            return;
        }

        encoder.WriteByte(MaskOf(value));
        WriteIndex(encoder, value.SymbolicId);
        WriteIndex(encoder, value.NamespaceUri);
        WriteIndex(encoder, value.Locale);
        WriteIndex(encoder, value.LocalizedText);
        if (value.AdditionalInfo is not null)
        {
            encoder.WriteString(value.AdditionalInfo);
        }

        if (value.InnerStatusCode is { } status)
        {
            encoder.WriteStatusCode(status);
        }

        if (value.InnerDiagnosticInfo is not null)
        {
            Write(encoder, value.InnerDiagnosticInfo);
        }
    }

    private static byte MaskOf(DiagnosticInfo value) => (byte)(
        (value.SymbolicId is null ? 0 : DiagnosticInfoMask.SymbolicId)
        | (value.NamespaceUri is null ? 0 : DiagnosticInfoMask.NamespaceUri)
        | (value.LocalizedText is null ? 0 : DiagnosticInfoMask.LocalizedText)
        | (value.Locale is null ? 0 : DiagnosticInfoMask.Locale)
        | (value.AdditionalInfo is null ? 0 : DiagnosticInfoMask.AdditionalInfo)
        | (value.InnerStatusCode is null ? 0 : DiagnosticInfoMask.InnerStatusCode)
        | (value.InnerDiagnosticInfo is null ? 0 : DiagnosticInfoMask.InnerDiagnosticInfo));

    private static void WriteIndex(BinaryEncoder encoder, int? index)
    {
        if (index is { } value)
        {
            encoder.WriteInt32(value);
        }
    }
}
