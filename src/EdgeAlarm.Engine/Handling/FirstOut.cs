namespace EdgeAlarm.Engine;

/// <summary>
/// Marks which alarm of a group came first: what tripped the rest. First in the plant, not at the gateway: an alarm that is told later but happened before takes the mark,
/// and says from whom. The group begins anew when none of it stands any more.
/// </summary>
internal sealed class FirstOut(EngineState state)
{
    /// <summary>The condition of an alarm became true.</summary>
    /// <returns>Whether it is the first, and the words where another was told as that before.</returns>
    public (EventFlags Mark, string? Words) Activated(int alarm, PlantTime conditionTime)
    {
        var group = state.Configuration.Alarms[alarm].Handling.FirstOutGroup;
        if (group < 0)
        {
            return (EventFlags.None, null);
        }

        ref var cell = ref state.FirstOuts[group];
        var before = cell.First;
        var isFirst = before < 0 || conditionTime < cell.Time || (conditionTime == cell.Time && alarm < before);
        if (!isFirst)
        {
            return (EventFlags.None, null);
        }

        (cell.First, cell.Time) = (alarm, conditionTime);
        return (EventFlags.FirstOut, before < 0 || before == alarm ? null : $"before {state.Configuration.Alarms[before].Id}, which was told as the first");
    }

    /// <summary>An alarm is Normal again.</summary>
    public void Normal(int alarm)
    {
        var group = state.Configuration.Alarms[alarm].Handling.FirstOutGroup;
        if (group >= 0 && !state.AnyStands(group))
        {
            state.FirstOuts[group] = FirstOutCell.Quiet;
        }
    }
}
