using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Writes attributes (OPC 10000-4 §5.11.4).</summary>
public sealed record WriteRequest : IServiceRequest<WriteRequest, WriteResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 673;

    /// <inheritdoc />
    public static int EncodedSizeMin => 33;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>What to write.</summary>
    public WriteValue[] NodesToWrite { get; init; } = [];

    /// <inheritdoc />
    public static WriteRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        NodesToWrite = decoder.ReadStructures<WriteValue>(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteStructures(NodesToWrite);
    }

    /// <inheritdoc />
    public WriteRequest WithHeader(RequestHeader header) => this with { Header = header };
}
