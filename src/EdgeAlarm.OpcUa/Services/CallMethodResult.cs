using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>What a method answered (OPC 10000-4 §5.12.2).</summary>
public sealed record CallMethodResult : IStructure<CallMethodResult>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 16;

    /// <summary>The outcome.</summary>
    public StatusCode StatusCode { get; init; }

    /// <summary>One per argument where one of them was wrong, or none.</summary>
    public StatusCode[] InputArgumentResults { get; init; } = [];

    /// <summary>One per argument, or none; null for an empty one.</summary>
    public DiagnosticInfo?[] InputArgumentDiagnosticInfos { get; init; } = [];

    /// <summary>In the order of the method's OutputArguments.</summary>
    public Variant[] OutputArguments { get; init; } = [];

    /// <inheritdoc />
    public static CallMethodResult Decode(ref BinaryDecoder decoder) => new()
    {
        StatusCode = decoder.ReadStatusCode(),
        InputArgumentResults = decoder.ReadStatusCodes(),
        InputArgumentDiagnosticInfos = decoder.ReadDiagnosticInfos(),
        OutputArguments = decoder.ReadVariants(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteStatusCode(StatusCode);
        encoder.WriteStatusCodes(InputArgumentResults);
        encoder.WriteDiagnosticInfos(InputArgumentDiagnosticInfos);
        encoder.WriteVariants(OutputArguments);
    }
}
