namespace EdgeAlarm.Engine;

/// <summary>How fast each person acknowledges. Names are as claimed, so only the latest are remembered.</summary>
internal sealed class OperatorPace
{
    /// <summary>Persons remembered; the one who acknowledged longest ago goes.</summary>
    internal const int PersonsMax = 64;

    /// <summary>The last acknowledgements of each person, newest first.</summary>
    public SortedDictionary<string, PlantTime[]> ByPerson { get; } = new(StringComparer.Ordinal);

    /// <summary>Somebody acknowledges.</summary>
    /// <returns>Whether it is one too many within a short time.</returns>
    public bool Acknowledged(string by, PlantTime at)
    {
        if (!ByPerson.TryGetValue(by, out var times))
        {
            if (ByPerson.Count == PersonsMax)
            {
                ByPerson.Remove(ByPerson.MinBy(person => person.Value[0].Ticks).Key);
            }

            times = ByPerson[by] = new PlantTime[KpiRules.RubberStampCount];
        }

        var isTooFast = times[^1] != PlantTime.Zero && at - times[^1] <= KpiRules.RubberStampWithin;
        Array.Copy(times, 0, times, 1, times.Length - 1);
        times[0] = at;
        return isTooFast;
    }
}
