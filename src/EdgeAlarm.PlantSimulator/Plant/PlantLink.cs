namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>The network between the simulated PLC and everybody else: whether it is there, and how often it was cut.</summary>
internal sealed class PlantLink
{
    /// <summary>Connections are refused until then: UTC ticks; 0 not at all, <see cref="long.MaxValue"/> until restored.</summary>
    internal long LostUntil { get; private set; }

    /// <summary>Grows by one at each cut; who serves the sockets closes them when it sees it grow.</summary>
    internal long Cuts { get; private set; }

    /// <summary>Cuts every connection; new ones are accepted.</summary>
    internal void Cut() => Cuts++;

    /// <summary>Cuts every connection and refuses new ones until then.</summary>
    internal void Lose(long until)
    {
        Cuts++;
        LostUntil = until;
    }

    internal void Restore() => LostUntil = 0;
}
