using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Reads attributes (OPC 10000-4 §5.11.2).</summary>
public sealed record ReadRequest : IServiceRequest<ReadRequest, ReadResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 631;

    /// <inheritdoc />
    public static int EncodedSizeMin => 45;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>Oldest cached value that is good enough, in milliseconds; 0 asks the device.</summary>
    public double MaxAgeMs { get; init; }

    /// <summary>Which times to send.</summary>
    public TimestampsToReturn TimestampsToReturn { get; init; }

    /// <summary>What to read.</summary>
    public ReadValueId[] NodesToRead { get; init; } = [];

    /// <inheritdoc />
    public static ReadRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        MaxAgeMs = decoder.ReadDouble(),
        TimestampsToReturn = (TimestampsToReturn)decoder.ReadInt32(),
        NodesToRead = decoder.ReadStructures<ReadValueId>(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteDouble(MaxAgeMs);
        encoder.WriteInt32((int)TimestampsToReturn);
        encoder.WriteStructures(NodesToRead);
    }

    /// <inheritdoc />
    public ReadRequest WithHeader(RequestHeader header) => this with { Header = header };
}
