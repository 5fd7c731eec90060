using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// How many nodes one call may name (OPC 10000-5 §6.3.11). What the server does not say, or says too generously, is <see cref="PerCallMax"/>: larger calls make
/// answers of megabytes.
/// </summary>
/// <param name="Read">Nodes in one Read.</param>
/// <param name="Browse">Nodes in one Browse or BrowseNext.</param>
/// <param name="Translate">Paths in one TranslateBrowsePathsToNodeIds.</param>
/// <param name="HistoryRead">Nodes in one HistoryRead.</param>
public sealed record OperationLimits(int Read, int Browse, int Translate, int HistoryRead)
{
    /// <summary>Nodes in one call at most, whatever the server allows.</summary>
    public const int PerCallMax = 500;

    /// <summary>Asks the server.</summary>
    /// <exception cref="UaClientException">The call failed.</exception>
    public static async Task<OperationLimits> ReadAsync(UaSession session, CancellationToken cancellationToken)
    {
        var values = await session.ReadValuesAsync(
            [
                StandardNodes.MaxNodesPerRead, StandardNodes.MaxNodesPerBrowse, StandardNodes.MaxNodesPerTranslateBrowsePathsToNodeIds,
                StandardNodes.MaxNodesPerHistoryReadData,
            ],
            cancellationToken);
        return new(PerCall(values[0]), PerCall(values[1]), PerCall(values[2]), PerCall(values[3]));
    }

    private static int PerCall(DataValue limit) =>
        limit.Status.IsGood && limit.Value.TryGetUInt64(out var nodes) && nodes > 0 ? (int)Math.Min(nodes, PerCallMax) : PerCallMax;
}
