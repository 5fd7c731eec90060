namespace EdgeAlarm.OpcUa.BuiltInTypes;

/// <summary>
/// Vendor-specific diagnostics of a failed operation (OPC 10000-4 §7.12). The integers index into the StringTable of the response's
/// header. A null reference stands for the empty DiagnosticInfo, one byte 0 on the wire.
/// </summary>
public sealed record DiagnosticInfo
{
    /// <summary>Index of the symbolic id, or null.</summary>
    public int? SymbolicId { get; init; }

    /// <summary>Index of the namespace URI that qualifies the symbolic id, or null.</summary>
    public int? NamespaceUri { get; init; }

    /// <summary>Index of the locale of the localized text, or null.</summary>
    public int? Locale { get; init; }

    /// <summary>Index of the localized text, or null.</summary>
    public int? LocalizedText { get; init; }

    /// <summary>Further words of the server, or null.</summary>
    public string? AdditionalInfo { get; init; }

    /// <summary>The status of an underlying operation, or null.</summary>
    public StatusCode? InnerStatusCode { get; init; }

    /// <summary>Diagnostics of an underlying operation, or null; at most 100 deep.</summary>
    public DiagnosticInfo? InnerDiagnosticInfo { get; init; }
}
