using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// Many nodes at once, in calls of a size that the server allows: attributes, references, browse paths. One call after the other: parallel ones choke small PLCs.
/// </summary>
public static class UaView
{
    /// <summary>Reads attributes; one result a node, in their order.</summary>
    /// <exception cref="UaClientException">A call failed. A single node that fails has its code in its result.</exception>
    public static async Task<IReadOnlyList<DataValue>> ReadManyAsync(
        this UaSession session, IReadOnlyList<ReadValueId> nodes, OperationLimits limits, CancellationToken cancellationToken) =>
        await Batches.RunAsync(nodes, limits.Read, chunk => session.ReadAsync(chunk, cancellationToken));

    /// <summary>Reads attributes of which a single malformed one costs only itself: it has the status BadDecodingError; otherwise as <see cref="ReadManyAsync"/>.</summary>
    /// <exception cref="UaClientException">A call failed for another reason than malformed bytes, or the connection broke.</exception>
    public static async Task<IReadOnlyList<DataValue>> ReadEachAsync(
        this UaSession session, IReadOnlyList<ReadValueId> nodes, OperationLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            return await session.ReadManyAsync(nodes, limits, cancellationToken);
        }
        catch (UaClientException malformed) when (malformed.Failure is UaFailure.Protocol && !session.Broken.IsCompleted)
        {
            if (nodes.Count == 1)
            {
                return [new(default, StatusCodes.BadDecodingError)];
            }
            var half = nodes.Count / 2;
            var first = await session.ReadEachAsync([.. nodes.Take(half)], limits, cancellationToken);
            return [.. first, .. await session.ReadEachAsync([.. nodes.Skip(half)], limits, cancellationToken)];
        }
    }

    /// <summary>
    /// Browses nodes to the end of their references (OPC 10000-4 §5.9.2). Continuation points are used up at once or released, and nodes for which the server had none
    /// left are asked for again.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="nodes">Where to browse, and which references.</param>
    /// <param name="limits">What one call may hold.</param>
    /// <param name="referencesMax">References of one node at most; of one that has more the result says GoodResultsMayBeIncomplete.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One result a node, in their order, none with a continuation point.</returns>
    /// <exception cref="UaClientException">A call failed. A single node that fails has its code in its result.</exception>
    public static async Task<IReadOnlyList<BrowseResult>> BrowseManyAsync(
        this UaSession session, IReadOnlyList<BrowseDescription> nodes, OperationLimits limits, int referencesMax, CancellationToken cancellationToken)
    {
        var results = new BrowseResult[nodes.Count];
        var perCall = limits.Browse;
        var waiting = Enumerable.Range(0, nodes.Count).ToList();
        while (waiting.Count > 0)
        {
            var turn = waiting[..Math.Min(perCall, waiting.Count)];
            var found = await Batches.RunAsync(turn, perCall, chunk => session.BrowseOnceAsync([.. chunk.Select(node => nodes[node])], cancellationToken));
            for (var at = 0; at < turn.Count; at++)
            {
                results[turn[at]] = found[at];
            }
            await session.BrowseOnAsync(results, turn, perCall, referencesMax, cancellationToken);
            // their turn comes again when the points of the others are used up
            var refused = turn.FindAll(node => turn.Count > 1 && results[node].StatusCode == StatusCodes.BadNoContinuationPoints);
            waiting = [.. refused, .. waiting[turn.Count..]];
            perCall = refused.Count > 0 ? Math.Max(1, turn.Count / 2) : perCall;
        }
        return results;
    }

    /// <summary>Finds nodes by the names on the way to them; one result a path, in their order.</summary>
    /// <exception cref="UaClientException">A call failed. A single path that leads nowhere has its code in its result.</exception>
    public static async Task<IReadOnlyList<BrowsePathResult>> TranslateManyAsync(
        this UaSession session, IReadOnlyList<BrowsePath> paths, OperationLimits limits, CancellationToken cancellationToken) =>
        await Batches.RunAsync<BrowsePath, BrowsePathResult>(paths, limits.Translate, async chunk =>
        {
            var request = new TranslateBrowsePathsToNodeIdsRequest { Header = session.Header(), BrowsePaths = [.. chunk] };
            var results = (await session.Channel.CallAsync<TranslateBrowsePathsToNodeIdsRequest, TranslateBrowsePathsToNodeIdsResponse>(request, cancellationToken)).Message.Results;
            return results.Length == chunk.Count ? results : throw UaSession.WrongCount("TranslateBrowsePathsToNodeIds", results.Length, chunk.Count);
        });

    private static async Task<IReadOnlyList<BrowseResult>> BrowseOnceAsync(this UaSession session, BrowseDescription[] nodes, CancellationToken cancellationToken)
    {
        var request = new BrowseRequest { Header = session.Header(), NodesToBrowse = nodes };
        var results = (await session.Channel.CallAsync<BrowseRequest, BrowseResponse>(request, cancellationToken)).Message.Results;
        return results.Length == nodes.Length ? results : throw UaSession.WrongCount("Browse", results.Length, nodes.Length);
    }

    // goes on with every node of the turn that has a continuation point, until none has
    private static async Task BrowseOnAsync(this UaSession session, BrowseResult[] results, List<int> turn, int perCall, int referencesMax, CancellationToken cancellationToken)
    {
        while (turn.FindAll(node => results[node].ContinuationPoint is { Length: > 0 }) is { Count: > 0 } open)
        {
            var full = open.FindAll(node => results[node].References.Length >= referencesMax);
            var more = open.FindAll(node => results[node].References.Length < referencesMax);
            await session.BrowseNextAsync(results, full, perCall, release: true, cancellationToken);
            foreach (var node in full)
            {
                results[node] = results[node] with { ContinuationPoint = null, StatusCode = StatusCodes.GoodResultsMayBeIncomplete };
            }
            foreach (var (node, next) in more.Zip(await session.BrowseNextAsync(results, more, perCall, release: false, cancellationToken)))
            {
                // a page without references that promises more would never end
                var goesOn = next.StatusCode.IsGood && next.References.Length > 0;
                results[node] = new()
                {
                    StatusCode = next.StatusCode,
                    ContinuationPoint = goesOn ? next.ContinuationPoint : null,
                    References = [.. results[node].References, .. next.References],
                };
            }
        }
    }

    private static async Task<List<BrowseResult>> BrowseNextAsync(
        this UaSession session, BrowseResult[] results, List<int> nodes, int perCall, bool release, CancellationToken cancellationToken) =>
        await Batches.RunAsync<int, BrowseResult>(nodes, perCall, async chunk =>
        {
            var request = new BrowseNextRequest { Header = session.Header(), ReleaseContinuationPoints = release, ContinuationPoints = [.. chunk.Select(node => results[node].ContinuationPoint)] };
            var next = (await session.Channel.CallAsync<BrowseNextRequest, BrowseNextResponse>(request, cancellationToken)).Message.Results;
            return next.Length == chunk.Count ? next : throw UaSession.WrongCount("BrowseNext", next.Length, chunk.Count);
        });
}
