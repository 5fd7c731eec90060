namespace EdgeAlarm.Simulation.World;

/// <summary>Something that will happen.</summary>
internal sealed class Appointment(Action act)
{
    public bool IsCancelled { get; private set; }

    public void Cancel() => IsCancelled = true;

    public void Keep() => act();
}
