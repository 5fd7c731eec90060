using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The endpoints of a server (OPC 10000-4 §5.5.4).</summary>
public sealed record GetEndpointsResponse : IServiceResponse<GetEndpointsResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 431;

    /// <inheritdoc />
    public static int EncodedSizeMin => 28;

    /// <summary>The header of the response; its ServiceResult says whether the rest counts.</summary>
    public ResponseHeader Header { get; init; } = new();

    /// <summary>The endpoints; to be compared with those of CreateSession.</summary>
    public EndpointDescription[] Endpoints { get; init; } = [];

    /// <inheritdoc />
    public static GetEndpointsResponse Decode(ref BinaryDecoder decoder) => new()
    {
        Header = ResponseHeader.Decode(ref decoder),
        Endpoints = decoder.ReadStructures<EndpointDescription>(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteStructures(Endpoints);
    }

    /// <inheritdoc />
    public GetEndpointsResponse WithHeader(ResponseHeader header) => this with { Header = header };
}
