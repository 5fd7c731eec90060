namespace EdgeAlarm.Engine;

/// <summary>Annunciated activations of the last minutes, and what came since a flood began.</summary>
internal sealed class FloodCell
{
    /// <summary>Whether a flood is going on.</summary>
    public bool IsFlood { get; set; }

    /// <summary>Plant time of the oldest activation that counted towards the flood.</summary>
    public PlantTime Since { get; set; }

    /// <summary>The last activations, newest first, by plant time; <see cref="PlantTime.Zero"/> where there were fewer.</summary>
    public (PlantTime Time, AlarmPriority Priority)[] Recent { get; } = new (PlantTime, AlarmPriority)[FloodWatch.BeginCount];

    /// <summary>Activations since the flood began, by priority.</summary>
    public long[] ByPriority { get; } = new long[Enum.GetValues<AlarmPriority>().Length];

    /// <summary>Puts everything into another cell.</summary>
    public void CopyTo(FloodCell other)
    {
        (other.IsFlood, other.Since) = (IsFlood, Since);
        Recent.CopyTo(other.Recent, 0);
        ByPriority.CopyTo(other.ByPriority, 0);
    }
}
