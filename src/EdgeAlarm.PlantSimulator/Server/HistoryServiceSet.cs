using System.Buffers.Binary;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.AddressSpace;
using EdgeAlarm.PlantSimulator.Sessions;

namespace EdgeAlarm.PlantSimulator.Server;

/// <summary>HistoryRead of raw values (OPC 10000-4 §5.11.3, OPC 10000-11 §6.5.3.2).</summary>
internal sealed class HistoryServiceSet(PlantAddressSpace space, PlantServerLimits limits)
{
    private uint _nextPoint;

    internal HistoryReadResponse Read(ServerSession session, HistoryReadRequest request)
    {
        Operations.Check(request.NodesToRead.Length, limits);
        if (request.ReleaseContinuationPoints)
        {
            return new HistoryReadResponse { Results = Array.ConvertAll(request.NodesToRead, wanted => Release(session, wanted.ContinuationPoint)) };
        }

        if (request.TimestampsToReturn is not (>= TimestampsToReturn.Source and <= TimestampsToReturn.Both))
        {
            throw new ServiceRefusal(StatusCodes.BadTimestampsToReturnInvalid);
        }

        return request.HistoryReadDetails.TryDecode<ReadRawModifiedDetails>(DecodingLimits.Default, out var details)
            ? new HistoryReadResponse { Results = Array.ConvertAll(request.NodesToRead, wanted => Read(session, wanted, details)) }
            : throw new ServiceRefusal(StatusCodes.BadHistoryOperationUnsupported);
    }

    private HistoryReadResult Read(ServerSession session, HistoryReadValueId wanted, ReadRawModifiedDetails details)
    {
        var page = details.NumValuesPerNode == 0 ? limits.HistoryValuesPerReadMax : (int)Math.Min(details.NumValuesPerNode, (uint)limits.HistoryValuesPerReadMax);
        if (wanted.ContinuationPoint is { Length: > 0 } point)
        {
            return TryTake(session, point, out var rest) ? Page(session, rest, page) : Bad(StatusCodes.BadContinuationPointInvalid);
        }

        if (space.Find(wanted.NodeId) is not { } node)
        {
            return Bad(StatusCodes.BadNodeIdUnknown);
        }

        if (node.History is not { } history || details.IsReadModified)
        {
            return Bad(StatusCodes.BadHistoryOperationUnsupported);
        }

        // two of the three are enough, but this plant wants both ends
        return details is { StartTicks: 0 } or { EndTicks: 0 }
            ? Bad(StatusCodes.BadHistoryOperationInvalid)
            : Page(session, new HistoryRest(history.Between(details.StartTicks, details.EndTicks), 0), page);
    }

    private HistoryReadResult Page(ServerSession session, HistoryRest rest, int pageMax)
    {
        var page = rest.Values.AsSpan(rest.Given, Math.Min(pageMax, rest.Values.Length - rest.Given)).ToArray();
        var given = rest.Given + page.Length;
        var data = ExtensionObject.From(new HistoryData { DataValues = page });
        if (given == rest.Values.Length)
        {
            return new HistoryReadResult { StatusCode = page.Length == 0 ? StatusCodes.GoodNoData : default, HistoryData = data };
        }

        if (session.HistoryContinuations.Count >= limits.ContinuationPointsPerSessionMax)
        {
            return Bad(StatusCodes.BadNoContinuationPoints);
        }

        var point = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(point, ++_nextPoint);
        session.HistoryContinuations.Add(_nextPoint, rest with { Given = given });
        return new HistoryReadResult { StatusCode = StatusCodes.GoodMoreData, ContinuationPoint = point, HistoryData = data };
    }

    private static HistoryReadResult Release(ServerSession session, byte[]? point) =>
        TryTake(session, point, out _) ? new HistoryReadResult() : Bad(StatusCodes.BadContinuationPointInvalid);

    private static bool TryTake(ServerSession session, byte[]? point, out HistoryRest rest)
    {
        rest = null!;
        return point is { Length: sizeof(uint) } && session.HistoryContinuations.Remove(BinaryPrimitives.ReadUInt32LittleEndian(point), out rest!);
    }

    private static HistoryReadResult Bad(StatusCode status) => new() { StatusCode = status };
}
