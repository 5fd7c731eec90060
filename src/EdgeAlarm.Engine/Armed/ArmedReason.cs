namespace EdgeAlarm.Engine;

/// <summary>Why an alarm cannot be made at this moment. Each reason belongs to one node of alarm, tag, source and gateway; an alarm has the reason of its outermost failing node.</summary>
public enum ArmedReason : byte
{
    /// <summary>None: it can be made.</summary>
    None,

    /// <summary>The gateway's recorder keeps nothing on the disk: alarms are evaluated and told, but are not on record.</summary>
    Unrecorded,

    /// <summary>The source delivers nothing.</summary>
    SourceDown,

    /// <summary>An input of the tag could not be folded and was left out (rule R8); stands until the gateway starts anew.</summary>
    EngineFault,

    /// <summary>The server refused to monitor the tag.</summary>
    NotMonitored,

    /// <summary>The server has not yet said whether it monitors the tag.</summary>
    NotAnswered,

    /// <summary>No sample has come since the subscription was made.</summary>
    NoSample,

    /// <summary>No sample has come for longer than the tag may be silent: the condition goes by the last one.</summary>
    Stale,

    /// <summary>The quality is Bad: the condition is held.</summary>
    BadQuality,

    /// <summary>The quality is Uncertain: the condition is evaluated, and flagged.</summary>
    UncertainQuality,

    /// <summary>The quality is Good with a sub-code (GoodOverload, GoodLocalOverride ...): the condition is evaluated, but the value may be old or forced.</summary>
    DegradedQuality,

    /// <summary>The value is no number (NaN, text, an array): the condition is held.</summary>
    NotComparable,

    /// <summary>The values are good, but the condition has no answer for them: a word turned into a real number by a download, a division of nought by nought. It is held.</summary>
    Undefined,

    /// <summary>The alarm is out of service: evaluated, not annunciated.</summary>
    OutOfService,

    /// <summary>The alarm is suppressed by design: evaluated, not annunciated.</summary>
    SuppressedByDesign,

    /// <summary>The alarm is shelved: evaluated, not annunciated.</summary>
    Shelved,
}
