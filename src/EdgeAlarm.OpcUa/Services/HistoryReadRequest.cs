using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Reads history, or gives up its continuation points (OPC 10000-4 §5.11.3).</summary>
public sealed record HistoryReadRequest : IServiceRequest<HistoryReadRequest, HistoryReadResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 664;

    /// <inheritdoc />
    public static int EncodedSizeMin => 41;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>What to read: a <see cref="ReadRawModifiedDetails"/>.</summary>
    public ExtensionObject HistoryReadDetails { get; init; }

    /// <summary>Which times come with each value; Neither is refused.</summary>
    public TimestampsToReturn TimestampsToReturn { get; init; }

    /// <summary>True to give the continuation points up; nothing is read then.</summary>
    public bool ReleaseContinuationPoints { get; init; }

    /// <summary>The nodes.</summary>
    public HistoryReadValueId[] NodesToRead { get; init; } = [];

    /// <inheritdoc />
    public static HistoryReadRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        HistoryReadDetails = decoder.ReadExtensionObject(),
        TimestampsToReturn = (TimestampsToReturn)decoder.ReadInt32(),
        ReleaseContinuationPoints = decoder.ReadBoolean(),
        NodesToRead = decoder.ReadStructures<HistoryReadValueId>(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        encoder.WriteExtensionObject(HistoryReadDetails);
        encoder.WriteInt32((int)TimestampsToReturn);
        encoder.WriteBoolean(ReleaseContinuationPoints);
        encoder.WriteStructures(NodesToRead);
    }

    /// <inheritdoc />
    public HistoryReadRequest WithHeader(RequestHeader header) => this with { Header = header };
}
