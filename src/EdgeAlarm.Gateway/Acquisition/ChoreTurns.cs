using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Which chore comes next. Rounds of cyclic reading are what is live, so they alternate with all others: where both are due neither has two turns in a row. Of the rounds the one
/// that is due longest is next, of the others the first of their list.
/// </summary>
/// <param name="others">Every other chore, in the order of their weight.</param>
/// <param name="rounds">The rounds; none where nothing is read in a cycle.</param>
internal sealed class ChoreTurns(IReadOnlyList<IChore> others, IReadOnlyList<IChore> rounds)
{
    private bool _wasRound;

    /// <summary>When the next is due; <see cref="PlantTime.Never"/> where nothing is.</summary>
    public PlantTime DueAt
    {
        get
        {
            var due = PlantTime.Never;
            foreach (var chore in others)
            {
                due = PlantTime.Min(due, chore.DueAt);
            }
            foreach (var round in rounds)
            {
                due = PlantTime.Min(due, round.DueAt);
            }
            return due;
        }
    }

    /// <summary>Gives the turn to a chore that is due; null where none is.</summary>
    public IChore? Next(PlantTime now)
    {
        var other = others.FirstOrDefault(chore => chore.DueAt <= now);
        var round = rounds.MinBy(each => each.DueAt.Ticks) is { } first && first.DueAt <= now ? first : null;
        var next = _wasRound ? other ?? round : round ?? other;
        _wasRound = next is null ? _wasRound : next == round;
        return next;
    }
}
