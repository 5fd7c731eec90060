namespace EdgeAlarm.Engine;

/// <summary>The state of one first-out group.</summary>
internal struct FirstOutCell
{
    /// <summary>None of the group stands.</summary>
    public static readonly FirstOutCell Quiet = new() { First = -1 };

    /// <summary>The alarm that came first; -1 while none of the group stands.</summary>
    public int First;

    /// <summary>ConditionTime of its activation.</summary>
    public PlantTime Time;
}
