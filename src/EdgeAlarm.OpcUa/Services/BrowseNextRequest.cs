using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Goes on with a Browse, or gives up its continuation points (OPC 10000-4 §5.9.3).</summary>
public sealed record BrowseNextRequest : IServiceRequest<BrowseNextRequest, BrowseNextResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 533;

    /// <inheritdoc />
    public static int EncodedSizeMin => 34;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>True to give them up.</summary>
    public bool ReleaseContinuationPoints { get; init; }

    /// <summary>Where to go on.</summary>
    public byte[]?[] ContinuationPoints { get; init; } = [];

    /// <inheritdoc />
    public static BrowseNextRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        ReleaseContinuationPoints = decoder.ReadBoolean(),
        ContinuationPoints = decoder.ReadByteStrings(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteBoolean(ReleaseContinuationPoints);
        encoder.WriteByteStrings(ContinuationPoints);
    }

    /// <inheritdoc />
    public BrowseNextRequest WithHeader(RequestHeader header) => this with { Header = header };
}
