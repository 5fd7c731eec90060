namespace EdgeAlarm.Engine;

/// <summary>What a condition says. Unknown is an answer of its own: bad quality is never "no alarm".</summary>
internal enum Truth : byte
{
    /// <summary>It cannot be said: a value that it reads is Bad, no number, or not known yet.</summary>
    Unknown,

    /// <summary>The condition does not hold.</summary>
    Normal,

    /// <summary>The condition holds.</summary>
    Abnormal,
}
