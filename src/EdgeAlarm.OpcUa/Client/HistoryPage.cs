using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>A page of one node's history.</summary>
/// <param name="Index">Which of the nodes that were asked for.</param>
/// <param name="Status">The server's code; GoodNoData for an empty interval, GoodMoreData on the last page where a bound was reached, Bad where there is no history.</param>
/// <param name="Values">The values in the order of their source times.</param>
/// <param name="IsLast">Whether no further page of the node comes.</param>
public sealed record HistoryPage(int Index, StatusCode Status, IReadOnlyList<DataValue> Values, bool IsLast);
