namespace EdgeAlarm.Simulation.World;

/// <summary>Somebody who acts in the world: a process' continuations, the turn of a pump or of an outbox.</summary>
internal interface IActor
{
    /// <summary>Whether there is something to do now.</summary>
    bool IsReady { get; }

    /// <summary>Does one step of it.</summary>
    void TurnOnce();
}
