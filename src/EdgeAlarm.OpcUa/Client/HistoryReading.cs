using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>Where a few nodes stand in the reading of their history: what to ask for next, what of the answers to hand on, what to release.</summary>
internal sealed class HistoryReading(IReadOnlyList<HistoryNode> nodes, HistoryQuery query, List<int> turn)
{
    private readonly Dictionary<int, int> _counts = turn.ToDictionary(node => node, _ => 0);
    private readonly Dictionary<int, byte[]> _points = [];
    private List<int> _open = turn;
    private readonly List<HistoryReadValueId> _released = [];

    internal bool IsOpen => _open.Count > 0;

    /// <summary>Nodes for which the server had no continuation point left, and that may have one later.</summary>
    internal List<int> Refused { get; } = [];

    internal HistoryReadValueId[] Wanted() => [.. _open.Select(Ask)];

    internal IEnumerable<HistoryPage> Take(HistoryReadResult[] results)
    {
        var asked = _open;
        _open = [];
        var pages = new List<HistoryPage>(asked.Count);
        foreach (var (node, result) in asked.Zip(results))
        {
            _points.Remove(node);
            if (result.StatusCode == StatusCodes.BadNoContinuationPoints && _counts.Count > 1 && _counts[node] == 0)
            {
                Refused.Add(node);
                continue;
            }
            pages.Add(Take(node, result));
        }
        return pages;
    }

    internal IEnumerable<HistoryPage> GiveUp(StatusCode status)
    {
        var open = _open;
        _open = [];
        foreach (var node in open)
        {
            Release(node);
        }
        return [.. open.Select(node => new HistoryPage(node, status, [], IsLast: true))];
    }

    internal HistoryReadValueId[] TakeReleased()
    {
        var released = _released.ToArray();
        _released.Clear();
        return released;
    }

    internal HistoryReadValueId[] TakeOpen()
    {
        foreach (var node in _points.Keys.ToArray())
        {
            Release(node);
        }
        return TakeReleased();
    }

    private HistoryPage Take(int node, HistoryReadResult result)
    {
        var values = Values(result, nodes[node], out var status);
        var hasMore = result.ContinuationPoint is { Length: > 0 };
        if (hasMore)
        {
            _points[node] = result.ContinuationPoint!; // a length shows that there is one
        }
        // an empty page that promises more would never end
        var isEmpty = values.Count == 0;
        // some servers give the value at the end, which does not belong to the interval
        values.RemoveAll(value => value.SourceTicks >= query.EndTicks);
        var count = _counts[node] += values.Count;
        var goesOn = hasMore && !status.IsBad && !isEmpty && count < query.ValuesMax;
        if (goesOn)
        {
            _open.Add(node);
        }
        else if (hasMore)
        {
            Release(node);
        }
        var isCut = hasMore && !goesOn && !status.IsBad;
        return new(node, isCut ? StatusCodes.GoodMoreData : status, count > query.ValuesMax ? [.. values.Take(values.Count - (count - query.ValuesMax))] : values, !goesOn);
    }

    private HistoryReadValueId Ask(int node) => new() { NodeId = nodes[node].Node, ContinuationPoint = _points.GetValueOrDefault(node) };

    private void Release(int node)
    {
        if (_points.ContainsKey(node))
        {
            _released.Add(Ask(node));
            _points.Remove(node);
        }
    }

    private static List<DataValue> Values(HistoryReadResult result, HistoryNode node, out StatusCode status)
    {
        status = result.StatusCode;
        if (status.IsBad || !result.HistoryData.Holds<HistoryData>())
        {
            return [];
        }
        try
        {
            var decoder = new BinaryDecoder(result.HistoryData.Body, DecodingLimits.Default);
            var count = Math.Max(decoder.ReadArrayLength(1), 0);
            var values = new List<DataValue>(count);
            for (var index = 0; index < count; index++)
            {
                values.Add(decoder.ReadDataValue(node.Member));
            }
            return values;
        }
        catch (ProtocolViolation)
        {
            // one node's broken page ends that node
            status = StatusCodes.BadDecodingError;
            return [];
        }
    }
}
