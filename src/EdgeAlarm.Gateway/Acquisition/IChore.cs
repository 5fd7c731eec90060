using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Something to be asked of a live server now and then, beside its messages. The feed does one chore at a time, because calls in parallel choke small PLCs; of those that are
/// due <see cref="ChoreTurns"/> chooses.
/// </summary>
internal interface IChore
{
    /// <summary>When there is something to do; <see cref="PlantTime.Never"/> where nothing is.</summary>
    PlantTime DueAt { get; }

    /// <summary>Asks the server. Runs beside the feed's loop and changes nothing that the loop reads; fails with UaClientException.</summary>
    Task AskAsync(CancellationToken cancellationToken);

    /// <summary>Takes the outcome, on the feed's loop, and sets when the next is due. May wait for the sink.</summary>
    /// <param name="asked">What <see cref="AskAsync"/> returned, ended.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How the feed ends; null where it goes on.</returns>
    Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken);
}
