using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>Subscriptions of the session that nobody knows here, left over from a request whose answer was lost: they cost the PLC as much as ours and are deleted.</summary>
internal sealed class StraySubscriptions(UaSession session) : IChore
{
    private const int RememberedMax = 64;
    private readonly HashSet<uint> _known = [];
    private readonly Queue<uint> _due = new();

    /// <inheritdoc />
    public PlantTime DueAt => _due.Count > 0 ? PlantTime.Zero : PlantTime.Never;

    /// <summary>An answer named this one.</summary>
    public void Found(uint subscription)
    {
        if (_known.Count < RememberedMax && _known.Add(subscription))
        {
            _due.Enqueue(subscription);
        }
    }

    /// <inheritdoc />
    public Task AskAsync(CancellationToken cancellationToken) => UaSubscription.DeleteStrayAsync(session, _due.Dequeue(), cancellationToken);

    /// <inheritdoc />
    public async Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken)
    {
        // gone already, or the watchdog finds why
        await asked.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return null;
    }
}
