using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Tells when a server says for long, with each message of one subscription, that more wait: its values come late, or it says so for ever, and then nothing it does not
/// notify would be looked for. Asks nothing.
/// </summary>
internal sealed class BacklogWatch(SourceContext source, TagSubscription part) : IChore
{
    /// <summary>A burst after a break is over sooner.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public PlantTime DueAt => (part.Flow?.MoreSince, part.IsBehind) switch
    {
        ({ } since, false) => since + Patience,
        (null, true) => PlantTime.Zero,
        _ => PlantTime.Never,
    };

    /// <inheritdoc />
    public Task AskAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken)
    {
        if (DueAt <= source.Clock.Now)
        {
            part.IsBehind = !part.IsBehind;
            await source.Sink.ConditionAsync(
                AcquisitionConditions.Behind(source.Name, part.Number),
                part.IsBehind,
                part.IsBehind
                    ? $"{source.Name} has said for {Patience.TotalSeconds:F0} s, with each message, that more wait: its values come late. Give it fewer changes to tell (sampling, deadband) or a shorter publishing interval"
                    : $"no message of {source.Name} waits any more",
                cancellationToken);
        }
        return null;
    }
}
