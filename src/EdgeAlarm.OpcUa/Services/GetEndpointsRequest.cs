using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Asks for the endpoints of a server (OPC 10000-4 §5.5.4).</summary>
public sealed record GetEndpointsRequest : IServiceRequest<GetEndpointsRequest, GetEndpointsResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 428;

    /// <inheritdoc />
    public static int EncodedSizeMin => 41;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>The URL that the client used.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Wanted languages, best first.</summary>
    public string?[] LocaleIds { get; init; } = [];

    /// <summary>Wanted transports; empty for all.</summary>
    public string?[] ProfileUris { get; init; } = [];

    /// <inheritdoc />
    public static GetEndpointsRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        EndpointUrl = decoder.ReadString(),
        LocaleIds = decoder.ReadStrings(),
        ProfileUris = decoder.ReadStrings(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteString(EndpointUrl);
        encoder.WriteStrings(LocaleIds);
        encoder.WriteStrings(ProfileUris);
    }

    /// <inheritdoc />
    public GetEndpointsRequest WithHeader(RequestHeader header) => this with { Header = header };
}
