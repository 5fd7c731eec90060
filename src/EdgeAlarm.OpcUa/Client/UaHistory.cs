using System.Runtime.CompilerServices;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>Reads recorded values page by page (OPC 10000-4 §5.11.3, OPC 10000-11 §6.5.3). Each node has its own outcome, and no continuation point is left open.</summary>
public static class UaHistory
{
    // more nodes at a time need more continuation points than small servers have
    private const int NodesPerCallMax = 10;
    private static readonly TimeSpan ReleaseMax = TimeSpan.FromSeconds(2);

    /// <summary>Reads raw values of nodes, forward in time.</summary>
    /// <param name="session">The session, to which the continuation points belong.</param>
    /// <param name="nodes">The nodes.</param>
    /// <param name="query">The interval and the bounds.</param>
    /// <param name="limits">What one call may hold.</param>
    /// <param name="cancellationToken">Ends the reading; open continuation points are released all the same.</param>
    /// <returns>Pages, those of one node in order; of each node one at least, the last one marked.</returns>
    /// <exception cref="UaClientException">A call failed as a whole.</exception>
    public static async IAsyncEnumerable<HistoryPage> ReadRawAsync(
        this UaSession session, IReadOnlyList<HistoryNode> nodes, HistoryQuery query, OperationLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var since = session.Time.GetTimestamp();
        var waiting = Enumerable.Range(0, nodes.Count).ToList();
        var perCall = Math.Min(limits.HistoryRead, NodesPerCallMax);
        while (waiting.Count > 0)
        {
            var turn = waiting[..Math.Min(perCall, waiting.Count)];
            var reading = new HistoryReading(nodes, query, turn);
            try
            {
                while (reading.IsOpen)
                {
                    var isLate = session.Time.GetElapsedTime(since) > query.TimeMax;
                    var results = isLate ? [] : await CallAsync(session, query, reading.Wanted(), release: false, cancellationToken);
                    foreach (var page in isLate ? reading.GiveUp(StatusCodes.BadTimeout) : reading.Take(results))
                    {
                        yield return page;
                    }
                    await ReleaseAsync(session, query, reading.TakeReleased());
                }
            }
            finally
            {
                await ReleaseAsync(session, query, reading.TakeOpen());
            }
            // their turn comes again when the points of the others are used up
            waiting = [.. reading.Refused, .. waiting[turn.Count..]];
            perCall = reading.Refused.Count > 0 ? Math.Max(1, turn.Count / 2) : perCall;
        }
    }

    private static async Task<HistoryReadResult[]> CallAsync(UaSession session, HistoryQuery query, HistoryReadValueId[] nodes, bool release, CancellationToken cancellationToken)
    {
        var request = new HistoryReadRequest
        {
            Header = session.Header(),
            HistoryReadDetails = ExtensionObject.From(
                new ReadRawModifiedDetails { StartTicks = query.StartTicks, EndTicks = query.EndTicks, NumValuesPerNode = (uint)Math.Max(query.PageMax, 1) }),
            TimestampsToReturn = TimestampsToReturn.Both,
            ReleaseContinuationPoints = release,
            NodesToRead = nodes,
        };
        var results = (await session.Channel.CallAsync<HistoryReadRequest, HistoryReadResponse>(request, cancellationToken)).Message.Results;
        return release || results.Length == nodes.Length ? results : throw UaSession.WrongCount("HistoryRead", results.Length, nodes.Length);
    }

    // with patience of its own: it is also done when the reader gave up
    private static async Task ReleaseAsync(UaSession session, HistoryQuery query, HistoryReadValueId[] open)
    {
        if (open.Length == 0 || session.Broken.IsCompleted)
        {
            return;
        }
        using var patience = new CancellationTokenSource(ReleaseMax, session.Time);
        try
        {
            await CallAsync(session, query, open, release: true, patience.Token);
        }
        catch (Exception failed) when (failed is UaClientException or OperationCanceledException)
        {
            // the server forgets them with the session
        }
    }
}
