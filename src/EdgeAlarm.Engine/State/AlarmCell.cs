namespace EdgeAlarm.Engine;

/// <summary>The condition of one alarm, and its delay. What was done with the alarm is in its <see cref="HandlingCell"/>.</summary>
internal struct AlarmCell : IDue
{
    /// <summary>ConditionTime of the last change of the condition.</summary>
    public PlantTime Since;

    /// <summary>End of the running delay; <see cref="PlantTime.Never"/> if none runs. Its direction is away from <see cref="Condition"/>.</summary>
    public PlantTime Deadline;

    /// <summary>When time alone makes the condition say something else; <see cref="PlantTime.Never"/> if it does not.</summary>
    public PlantTime TurnsAt;

    /// <summary>ConditionTime at which the running delay began, held time not taken out; <see cref="PlantTime.Zero"/> if none runs.</summary>
    public PlantTime PendingSince;

    /// <summary>While held: ConditionTime from which nothing could be found; otherwise <see cref="PlantTime.Zero"/>.</summary>
    public PlantTime HeldSince;

    /// <summary>Circumstances gathered while the delay ran.</summary>
    public EventFlags PendingFlags;

    /// <summary>Whether the condition stands, after its delays.</summary>
    public bool Condition;

    /// <summary>Whether condition and delay are held, because nothing can be found.</summary>
    public bool IsHeld;

    /// <summary>Whether the condition ended by the passing of time alone: a sample from before <see cref="Since"/> may still be under way that says otherwise.</summary>
    public bool IsAhead;

    /// <summary>Whether it was told that the condition has no answer for values that are good.</summary>
    public bool IsUndefined;

    /// <summary>When something of the alarm is due, by its delay or by its condition; <see cref="PlantTime.Never"/> if nothing is.</summary>
    public readonly PlantTime Due => PlantTime.Min(Deadline, TurnsAt);

    /// <summary>Whether a delay runs.</summary>
    public readonly bool IsPending => Deadline != PlantTime.Never;

    /// <summary>No delay runs any more: it has ended, or the condition came back to where it was.</summary>
    public void EndDelay() => (Deadline, PendingSince, PendingFlags) = (PlantTime.Never, PlantTime.Zero, EventFlags.None);

    /// <summary>The condition is about other tags now: no delay runs, and nothing is held until it is evaluated. That it stands, it stands.</summary>
    public void BeginAnew()
    {
        EndDelay();
        (IsHeld, HeldSince, IsAhead, TurnsAt) = (false, PlantTime.Zero, false, PlantTime.Never);
    }

    /// <summary>The settings are others now: a delay that runs has the new length, counted from where it began, and ends not before now. Whether it goes on is for the evaluation.</summary>
    public void Redelay(TimeSpan longer, PlantTime now)
    {
        if (IsPending)
        {
            // while it is held its time stands still, and what is left of it comes behind that
            Deadline = PlantTime.Max(Deadline + longer, IsHeld ? HeldSince : now);
            PendingFlags |= EventFlags.Reconfigured;
        }
    }
}
