namespace EdgeAlarm.Engine;

/// <summary>How a value is compared with a limit.</summary>
internal enum Comparison : byte
{
    /// <summary>Not at all: the condition is of another kind.</summary>
    None,

    /// <summary>Abnormal at or above it.</summary>
    AtLeast,

    /// <summary>Abnormal above it.</summary>
    Above,

    /// <summary>Abnormal at or below it.</summary>
    AtMost,

    /// <summary>Abnormal below it.</summary>
    Below,

    /// <summary>Abnormal where they are the same.</summary>
    Same,

    /// <summary>Abnormal where they differ.</summary>
    Different,
}
