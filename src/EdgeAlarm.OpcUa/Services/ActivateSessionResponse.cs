using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The session is active (OPC 10000-4 §5.7.3).</summary>
public sealed record ActivateSessionResponse : IServiceResponse<ActivateSessionResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 470;

    /// <inheritdoc />
    public static int EncodedSizeMin => 36;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <summary>Random bytes for the next ActivateSession.</summary>
    public byte[]? ServerNonce { get; init; }

    /// <summary>One per software certificate; empty today.</summary>
    public StatusCode[] Results { get; init; } = [];

    /// <summary>One per result, or none; null for an empty one.</summary>
    public DiagnosticInfo?[] DiagnosticInfos { get; init; } = [];

    /// <inheritdoc />
    public static ActivateSessionResponse Decode(ref BinaryDecoder decoder) => new()
    {
        Header = ResponseHeader.Decode(ref decoder),
        ServerNonce = decoder.ReadByteString(),
        Results = decoder.ReadStatusCodes(),
        DiagnosticInfos = decoder.ReadDiagnosticInfos(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteByteString(ServerNonce);
        encoder.WriteStatusCodes(Results);
        encoder.WriteDiagnosticInfos(DiagnosticInfos);
    }

    /// <inheritdoc />
    public ActivateSessionResponse WithHeader(ResponseHeader header) => this with { Header = header };
}
