using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// How much one call may ask of a server: the smallest of what it says of itself (OPC 10000-5 §6.3.11), what is known of its make, and our own caution, because many
/// servers name no limit and then choke.
/// </summary>
/// <param name="Read">Nodes in one Read.</param>
/// <param name="Browse">Nodes in one Browse or BrowseNext.</param>
/// <param name="Translate">Paths in one TranslateBrowsePathsToNodeIds.</param>
/// <param name="HistoryRead">Nodes in one HistoryRead.</param>
/// <param name="CreateItems">Items in one CreateMonitoredItems or DeleteMonitoredItems.</param>
/// <param name="ItemsPerSubscription">Items in one subscription; <see cref="int.MaxValue"/> where nobody names a limit.</param>
public sealed record OperationLimits(int Read, int Browse, int Translate, int HistoryRead, int CreateItems, int ItemsPerSubscription)
{
    /// <summary>Nodes in one call at most, whatever the server allows: larger calls make answers of megabytes.</summary>
    public const int PerCallMax = 500;

    /// <summary>Items in one CreateMonitoredItems at most, whatever the server allows; its answers are small.</summary>
    public const int CreateItemsMax = 1000;

    /// <summary>What is assumed of a server that was not asked yet.</summary>
    public static OperationLimits Cautious { get; } = new(PerCallMax, PerCallMax, PerCallMax, PerCallMax, CreateItemsMax, int.MaxValue);

    /// <summary>The nodes that tell it, for <see cref="From"/>.</summary>
    internal static IReadOnlyList<NodeId> Nodes { get; } =
    [
        StandardNodes.MaxNodesPerRead, StandardNodes.MaxNodesPerBrowse, StandardNodes.MaxNodesPerTranslateBrowsePathsToNodeIds,
        StandardNodes.MaxNodesPerHistoryReadData, StandardNodes.MaxMonitoredItemsPerCall, StandardNodes.MaxMonitoredItemsPerSubscription,
    ];

    /// <summary>What a server says.</summary>
    /// <param name="values">The values of <see cref="Nodes"/>.</param>
    /// <param name="profile">What is known of the server's make; <see cref="ServerProfiles.General"/> if nothing is.</param>
    internal static OperationLimits From(IReadOnlyList<DataValue> values, ServerProfile profile) => new(
        Least(values[0], null, PerCallMax),
        Least(values[1], null, PerCallMax),
        Least(values[2], null, PerCallMax),
        Least(values[3], null, PerCallMax),
        Least(values[4], profile.ItemsPerCallMax, CreateItemsMax),
        Least(values[5], profile.ItemsPerSubscriptionMax, int.MaxValue));

    // 0 and an absent node both mean that the server names no limit
    private static int Least(in DataValue told, Sourced<int>? known, int cautious)
    {
        var least = known is { } fact ? Math.Min(fact.Value, cautious) : cautious;
        return told.Status.IsGood && told.Value.TryGetUInt64(out var limit) && limit > 0 ? (int)Math.Min(limit, (ulong)least) : least;
    }
}
