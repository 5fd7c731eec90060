using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The header of every response (OPC 10000-4 §7.34).</summary>
public sealed record ResponseHeader : IStructure<ResponseHeader>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 24;

    /// <summary>The server's clock when it sent the response: 100 ns ticks of UTC since year 1, 0 for none.</summary>
    public long TimestampTicks { get; init; }

    /// <summary>The handle of the request.</summary>
    public uint RequestHandle { get; init; }

    /// <summary>The outcome of the whole call; results of single operations stand in the response.</summary>
    public StatusCode ServiceResult { get; init; }

    /// <summary>Diagnostics of the whole call, or null.</summary>
    public DiagnosticInfo? ServiceDiagnostics { get; init; }

    /// <summary>The strings to which the diagnostics refer by index.</summary>
    public string?[] StringTable { get; init; } = [];

    /// <summary>Reserved; null.</summary>
    public ExtensionObject AdditionalHeader { get; init; }

    /// <inheritdoc />
    public static ResponseHeader Decode(ref BinaryDecoder decoder) => new()
    {
        TimestampTicks = decoder.ReadDateTimeTicks(),
        RequestHandle = decoder.ReadUInt32(),
        ServiceResult = decoder.ReadStatusCode(),
        ServiceDiagnostics = decoder.ReadDiagnosticInfo(),
        StringTable = decoder.ReadStrings(),
        AdditionalHeader = decoder.ReadExtensionObject(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteDateTimeTicks(TimestampTicks);
        encoder.WriteUInt32(RequestHandle);
        encoder.WriteStatusCode(ServiceResult);
        encoder.WriteDiagnosticInfo(ServiceDiagnostics);
        encoder.WriteStrings(StringTable);
        encoder.WriteExtensionObject(AdditionalHeader);
    }
}
