namespace EdgeAlarm.Engine;

/// <summary>A cell that has a deadline; its heap orders cells by it.</summary>
internal interface IDue
{
    /// <summary>The deadline; <see cref="PlantTime.Never"/> if none runs.</summary>
    PlantTime Due { get; }
}
