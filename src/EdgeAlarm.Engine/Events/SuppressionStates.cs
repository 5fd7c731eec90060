namespace EdgeAlarm.Engine;

/// <summary>What suppresses an alarm, any together (ISA-18.2 §11; OPC 10000-9 §5.8.2). Suppression decides what is annunciated; the lifecycle goes on under it.</summary>
[Flags]
public enum SuppressionStates
{
    /// <summary>Nothing: the alarm is annunciated.</summary>
    None = 0,

    /// <summary>An operator shelved it, for a time or until its condition returns.</summary>
    Shelved = 1,

    /// <summary>The state of the plant makes it meaningless, as was decided when the alarm was designed.</summary>
    SuppressedByDesign = 2,

    /// <summary>Its equipment is under maintenance.</summary>
    OutOfService = 4,
}
