namespace EdgeAlarm.Engine;

/// <summary>The part of an alarm's definition that is needed for each sample, in as few bytes as possible.</summary>
internal readonly struct ConditionRule
{
    private readonly double _raise;
    private readonly double _clear;
    private readonly ConditionType _type;

    /// <summary>Takes what is needed from a definition.</summary>
    public ConditionRule(AlarmDefinition definition)
    {
        _type = definition.Type;
        _raise = definition.Setpoint;
        _clear = definition.Type switch
        {
            ConditionType.HiHi or ConditionType.Hi => definition.Setpoint - definition.Deadband,
            ConditionType.Lo or ConditionType.LoLo => definition.Setpoint + definition.Deadband,
            ConditionType.Equal or ConditionType.NotEqual => definition.Setpoint,
        };
        OnDelay = definition.OnDelay;
        OffDelay = definition.OffDelay;
        Tag = definition.Tag;
        AckRequired = definition.AckRequired;
    }

    /// <summary>How long the condition must stand.</summary>
    public TimeSpan OnDelay { get; }

    /// <summary>How long it must be gone.</summary>
    public TimeSpan OffDelay { get; }

    /// <summary>Index of the tag.</summary>
    public int Tag { get; }

    /// <summary>Whether each occurrence has to be acknowledged.</summary>
    public bool AckRequired { get; }

    /// <summary>
    /// Whether a value is abnormal. The deadband works on the way back only: before activation, and while the on-delay runs, the bare setpoint counts. Discrete types
    /// have no deadband.
    /// </summary>
    /// <param name="value">Not NaN; infinities are values.</param>
    /// <param name="condition">Whether the condition stands already.</param>
    public bool IsAbnormal(double value, bool condition) => _type switch
    {
        ConditionType.HiHi or ConditionType.Hi => condition ? value >= _clear : value >= _raise,
        ConditionType.Lo or ConditionType.LoLo => condition ? value <= _clear : value <= _raise,
        ConditionType.Equal => value == _raise,
        ConditionType.NotEqual => value != _raise,
    };
}
