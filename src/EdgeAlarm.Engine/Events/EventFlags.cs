namespace EdgeAlarm.Engine;

/// <summary>Circumstances that a reader of the event has to know.</summary>
[Flags]
public enum EventFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The alarm was found active by the first samples after a start or a reconnection; when it began is not known.</summary>
    ActiveAtStart = 1,

    /// <summary>Samples were lost while the delay ran, or right before the value that decided: the plant may have changed earlier than the event says.</summary>
    AcrossGap = 2,

    /// <summary>The time is the gateway's reception time, because the source's was missing or suspect.</summary>
    ReceptionTime = 4,

    /// <summary>The quality of the value that decided was Uncertain.</summary>
    Uncertain = 8,

    /// <summary>The quality was Bad or the value no number, and the alarm's policy decided instead of a value.</summary>
    BadQuality = 16,

    /// <summary>The alarm chatters: it comes and goes more often than anybody can act on.</summary>
    Chattering = 32,

    /// <summary>The alarm stood for so short a time, and nobody acted, that it told nobody anything.</summary>
    Fleeting = 64,

    /// <summary>The first alarm of its first-out group: what tripped the others.</summary>
    FirstOut = 128,

    /// <summary>The alarm's settings changed, and the condition changed for that: not because the value did.</summary>
    Reconfigured = 256,

    /// <summary>The alarm had been told to be gone ahead of a value that was still under way, and says that it never was: it stands again, from the same moment.</summary>
    Restored = 512,

    /// <summary>The gateway could not record when this happened: nothing on its disk proves it.</summary>
    Unrecorded = 1024,
}
