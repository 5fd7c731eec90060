namespace EdgeAlarm.Historian.Intake;

/// <summary>Waiting times between attempts, for ever: doubling to a ceiling, each shortened by up to a quarter at random so that a whole group does not knock at once.</summary>
/// <param name="first">The first wait.</param>
/// <param name="longest">The ceiling.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private TimeSpan next;

    /// <summary>The next wait.</summary>
    /// <param name="chance">Shortens it.</param>
    internal TimeSpan Next(Random chance)
    {
        var wait = next > first ? next : first;
        next = wait * 2 < longest ? wait * 2 : longest;
        return wait * (1 - (chance.NextDouble() / 4));
    }

    /// <summary>It worked: start anew.</summary>
    internal void Reset() => next = TimeSpan.Zero;
}
