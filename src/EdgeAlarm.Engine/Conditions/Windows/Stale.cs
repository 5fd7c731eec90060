namespace EdgeAlarm.Engine;

/// <summary>A tag of which nothing came for the window, though its source is up. For tags that always change, or that the server reports on a cycle.</summary>
internal static class Stale
{
    /// <summary>Words of state: the latest time that was judged.</summary>
    public const int Length = 1;

    /// <summary>What it says.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="alarm">The definition.</param>
    /// <param name="moment">When.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="due">When time alone will make it say something else.</param>
    public static Truth Judge(Span<long> state, AlarmDefinition alarm, in Moment moment, in TagCell tag, out PlantTime due)
    {
        state[0] = Math.Max(state[0], moment.Time.Ticks);
        var stale = tag.Updated + alarm.Window;
        var isStale = state[0] >= stale.Ticks;
        due = isStale ? PlantTime.Never : stale;
        return isStale ? Truth.Abnormal : Truth.Normal;
    }
}
