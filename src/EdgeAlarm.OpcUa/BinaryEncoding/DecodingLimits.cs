namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>What a decoder accepts at most. Independently of these, nothing is allocated for which the bytes are not there.</summary>
public sealed record DecodingLimits
{
    /// <summary>Nesting that every implementation has to support and none needs to exceed (OPC 10000-6 §5.1.5).</summary>
    public const int NestingMax = 100;

    /// <summary>The defaults.</summary>
    public static readonly DecodingLimits Default = new();

    /// <summary>
    /// Longest String, ByteString or ExtensionObject body in bytes; default 16 MiB. Too low refuses large data blocks of a PLC and whole
    /// notifications (they travel as one body); too high lets one peer hold that much memory.
    /// </summary>
    public int MaxStringBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most elements in one array; default 1,048,576. Too low refuses large notifications; too high costs memory.</summary>
    public int MaxArrayLength { get; init; } = 1024 * 1024;

    /// <summary>Deepest nesting of Variant, DataValue and DiagnosticInfo, 1..100; default 100.</summary>
    public int MaxNesting { get; init; } = NestingMax;
}
