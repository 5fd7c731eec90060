using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>Many operations in calls that the server bears: one call after the other, smaller ones where it says that one was too large.</summary>
internal static class Batches
{
    private static readonly HashSet<StatusCode> TooLarge =
    [
        StatusCodes.BadTooManyOperations, StatusCodes.BadRequestTooLarge, StatusCodes.BadResponseTooLarge, StatusCodes.BadEncodingLimitsExceeded,
    ];

    /// <summary>Runs them all.</summary>
    /// <param name="items">What to ask for.</param>
    /// <param name="perCall">Items in one call, at least 1.</param>
    /// <param name="call">Makes one call; its results are in the order of its items.</param>
    /// <returns>One result an item, in their order.</returns>
    /// <exception cref="UaClientException">A call failed for another reason than its size, or a single item is too large.</exception>
    public static async Task<List<TResult>> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, int perCall, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> call)
    {
        var results = new List<TResult>(items.Count);
        while (results.Count < items.Count)
        {
            var asked = Math.Min(perCall, items.Count - results.Count);
            try
            {
                results.AddRange(await call([.. items.Skip(results.Count).Take(asked)]));
            }
            catch (UaClientException refused) when (TooLarge.Contains(refused.Status) && asked > 1)
            {
                perCall = asked / 2;
            }
        }
        return results;
    }
}
