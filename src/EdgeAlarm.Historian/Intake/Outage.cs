namespace EdgeAlarm.Historian.Intake;

/// <summary>One episode of something being away: told when it begins or its reason changes, and once when it is over.</summary>
/// <param name="time">The clock.</param>
internal sealed class Outage(TimeProvider time)
{
    private string? reason;
    private long since;
    private int attempts;

    /// <summary>An attempt failed.</summary>
    /// <returns>True if this has to be told.</returns>
    internal bool Failed(string why)
    {
        attempts++;
        if (reason is null)
        {
            since = time.GetTimestamp();
        }

        var news = reason != why;
        reason = why;
        return news;
    }

    /// <summary>It works.</summary>
    /// <returns>How long it was away and how many attempts failed; null if it was not away.</returns>
    internal (TimeSpan Length, int Attempts)? Over()
    {
        if (reason is null)
        {
            return null;
        }

        var episode = (time.GetElapsedTime(since), attempts);
        (reason, attempts) = (null, 0);
        return episode;
    }
}
