using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Calls methods (OPC 10000-4 §5.12.2).</summary>
public sealed record CallRequest : IServiceRequest<CallRequest, CallResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 712;

    /// <inheritdoc />
    public static int EncodedSizeMin => 33;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>What to call.</summary>
    public CallMethodRequest[] MethodsToCall { get; init; } = [];

    /// <inheritdoc />
    public static CallRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        MethodsToCall = decoder.ReadStructures<CallMethodRequest>(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteStructures(MethodsToCall);
    }

    /// <inheritdoc />
    public CallRequest WithHeader(RequestHeader header) => this with { Header = header };
}
