using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Closes a session (OPC 10000-4 §5.7.4).</summary>
public sealed record CloseSessionRequest : IServiceRequest<CloseSessionRequest, CloseSessionResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 473;

    /// <inheritdoc />
    public static int EncodedSizeMin => 30;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>Whether its subscriptions go with it.</summary>
    public bool DeleteSubscriptions { get; init; }

    /// <inheritdoc />
    public static CloseSessionRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        DeleteSubscriptions = decoder.ReadBoolean(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteBoolean(DeleteSubscriptions);
    }

    /// <inheritdoc />
    public CloseSessionRequest WithHeader(RequestHeader header) => this with { Header = header };
}
