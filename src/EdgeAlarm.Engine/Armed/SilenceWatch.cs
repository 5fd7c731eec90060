namespace EdgeAlarm.Engine;

/// <summary>
/// Counts how long tags are silent that must not be. A sample only says that the tag spoke; when the time is over is looked at once it is due by the sample that began it, so that
/// a tag that speaks ten times a second costs one look each time its silence would have been too long.
/// </summary>
internal sealed class SilenceWatch(EngineState state)
{
    // many tags that fall silent together are one tick and not thousands
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(100);

    /// <summary>A sample came of a tag that was silent, or had not spoken yet.</summary>
    public void Spoke(int index)
    {
        ref var tag = ref state.Tags[index];
        Count(index, ref tag, tag.Last.PlantTime);
    }

    /// <summary>The source of a tag is up: whatever it said before, its silence counts from now.</summary>
    public void Resumed(int index)
    {
        ref var tag = ref state.Tags[index];
        if (tag.Silence == Silence.Waiting && tag.Freshness == Freshness.Fresh)
        {
            Count(index, ref tag, state.Now);
        }
    }

    /// <summary>Nothing can be expected of a tag.</summary>
    public void Interrupted(int index)
    {
        ref var tag = ref state.Tags[index];
        if (tag.Silence is Silence.Counting or Silence.Stale)
        {
            (tag.Silence, tag.StaleDue) = (Silence.Waiting, PlantTime.Never);
            state.ScheduleTag(index);
        }
    }

    /// <summary>The time is over that was due by the sample that began it.</summary>
    /// <returns>Whether the tag is stale.</returns>
    public bool IsOver(int index)
    {
        ref var tag = ref state.Tags[index];
        var due = DueAfter(index, tag.Last.PlantTime);
        if (due > tag.StaleDue)
        {
            tag.StaleDue = due;
            state.ScheduleTag(index);
        }
        else if (!state.Sources[state.SourceOf(index)].IsUp)
        {
            Interrupted(index);
        }
        else
        {
            (tag.Silence, tag.StaleDue) = (Silence.Stale, PlantTime.Never);
            state.ScheduleTag(index);
        }

        return tag.Silence == Silence.Stale;
    }

    private void Count(int index, ref TagCell tag, PlantTime from)
    {
        (tag.Silence, tag.StaleDue) = (Silence.Counting, DueAfter(index, from));
        state.ScheduleTag(index);
    }

    private PlantTime DueAfter(int index, PlantTime from)
    {
        var due = (from + state.Configuration.Tags[index].StaleAfter).Ticks;
        return new((due + Grain.Ticks - 1) / Grain.Ticks * Grain.Ticks);
    }
}
