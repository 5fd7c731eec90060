using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Asks for recorded values as they were (OPC 10000-11 §6.5.3.2). Two of start, end and number of values have to be given.</summary>
public sealed record ReadRawModifiedDetails : IEncodedStructure<ReadRawModifiedDetails>
{
    /// <inheritdoc />
    public static ushort EncodingId => 649;

    /// <inheritdoc />
    public static int EncodedSizeMin => 22;

    /// <summary>Whether to read what was changed afterwards, instead of the values in force.</summary>
    public bool IsReadModified { get; init; }

    /// <summary>Begin, belongs to the interval; 100 ns ticks since 0001-01-01, 0 for not given.</summary>
    public long StartTicks { get; init; }

    /// <summary>End, does not belong to the interval; before the begin to read backwards.</summary>
    public long EndTicks { get; init; }

    /// <summary>Most values of a node in one answer; 0 for what the server likes.</summary>
    public uint NumValuesPerNode { get; init; }

    /// <summary>Whether to return the values around the interval, too.</summary>
    public bool ReturnBounds { get; init; }

    /// <inheritdoc />
    public static ReadRawModifiedDetails Decode(ref BinaryDecoder decoder) => new()
    {
        IsReadModified = decoder.ReadBoolean(),
        StartTicks = decoder.ReadDateTimeTicks(),
        EndTicks = decoder.ReadDateTimeTicks(),
        NumValuesPerNode = decoder.ReadUInt32(),
        ReturnBounds = decoder.ReadBoolean(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteBoolean(IsReadModified);
        encoder.WriteDateTimeTicks(StartTicks);
        encoder.WriteDateTimeTicks(EndTicks);
        encoder.WriteUInt32(NumValuesPerNode);
        encoder.WriteBoolean(ReturnBounds);
    }
}
