namespace EdgeAlarm.Engine;

/// <summary>The floods that the engine found, and how many alarms came in each. It finds none itself: there is one rule for floods.</summary>
internal sealed class FloodLog(KpiDays days)
{
    /// <summary>Floods that are kept one by one, the last ones.</summary>
    internal const int KeptMax = 20;

    /// <summary>Times of the last annunciations, newest first: those of which a flood is made before it is known as one.</summary>
    public PlantTime[] Recent { get; } = new PlantTime[FloodWatch.BeginCount];

    /// <summary>When the present flood began; <see cref="PlantTime.Zero"/> where there is none.</summary>
    public PlantTime Since { get; set; }

    /// <summary>Annunciated alarms of the present flood.</summary>
    public long Alarms { get; set; }

    /// <summary>The last floods that ended, oldest first.</summary>
    public List<KpiFlood> Ended { get; } = [];

    /// <summary>An alarm was annunciated.</summary>
    public void Annunciated(PlantTime at)
    {
        Array.Copy(Recent, 0, Recent, 1, Recent.Length - 1);
        Recent[0] = at;
        Alarms += Since == PlantTime.Zero ? 0 : 1;
    }

    /// <summary>A flood began.</summary>
    public void Began(PlantTime since)
    {
        Since = since;
        Alarms = Recent.Count(time => time >= since);
    }

    /// <summary>It ended.</summary>
    public void End(PlantTime since, PlantTime at)
    {
        if (Since == PlantTime.Zero)
        {
            // its begin is not among what is still known
            Alarms = Recent.Count(time => time >= since);
        }

        days.Add(since, at, wanted: 0, seen: 0, flood: 1);
        ref var counts = ref days[days.Present].Counts;
        counts.Floods++;
        counts.FloodAlarms += Alarms;
        Ended.Add(new(since, at, Alarms));
        if (Ended.Count > KeptMax)
        {
            Ended.RemoveAt(0);
        }

        (Since, Alarms) = (PlantTime.Zero, 0);
    }
}
