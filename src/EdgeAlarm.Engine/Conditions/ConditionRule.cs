namespace EdgeAlarm.Engine;

/// <summary>The part of an alarm's definition that is needed for each sample, in as few bytes as possible.</summary>
internal readonly struct ConditionRule
{
    private readonly double _raise;
    private readonly double _clear;
    private readonly Comparison _comparison;

    /// <summary>Takes what is needed from a definition.</summary>
    public ConditionRule(AlarmDefinition definition)
    {
        Definition = definition;
        OnDelay = definition.OnDelay;
        OffDelay = definition.OffDelay;
        Tag = definition.Tag;
        BadQuality = definition.BadQuality;
        AckRequired = definition.AckRequired;
        _comparison = Comparing.Of(definition);
        IsPlain = definition.SetpointTag is null && _comparison != Comparison.None;
        Memory = MemoryOf(definition);
        _raise = definition.Setpoint;
        _clear = Comparing.Return(_comparison, definition.Setpoint, definition.Deadband);
    }

    /// <summary>How long the condition must stand.</summary>
    public TimeSpan OnDelay { get; }

    /// <summary>How long it must be gone.</summary>
    public TimeSpan OffDelay { get; }

    /// <summary>All of it, for what is not needed for each sample.</summary>
    public AlarmDefinition Definition { get; }

    /// <summary>Index of the tag that it watches.</summary>
    public int Tag { get; }

    /// <summary>What bad quality does.</summary>
    public BadQualityPolicy BadQuality { get; }

    /// <summary>Whether each occurrence has to be acknowledged.</summary>
    public bool AckRequired { get; }

    /// <summary>Whether it compares the value of its one tag with a number and needs nothing else: most alarms of a plant.</summary>
    public bool IsPlain { get; }

    /// <summary>Words of state that the condition needs beside the alarm's: its window.</summary>
    public int Memory { get; }

    /// <summary>What a plain condition says of a value.</summary>
    /// <param name="value">Not NaN; infinities are values.</param>
    /// <param name="isStanding">Whether the condition stands already.</param>
    public Truth Compare(double value, bool isStanding) => Comparing.Judge(_comparison, value, isStanding ? _clear : _raise);

    /// <summary>What a comparison with the value of another tag says.</summary>
    /// <param name="value">NaN where there is none; infinities are values.</param>
    /// <param name="other">The other tag's value; NaN where there is none.</param>
    /// <param name="isStanding">Whether the condition stands already.</param>
    public Truth CompareWith(double value, double other, bool isStanding)
    {
        var setpoint = other + Definition.Setpoint;
        return Comparing.Judge(_comparison, value, isStanding ? Comparing.Return(_comparison, setpoint, Definition.Deadband) : setpoint);
    }

    private static int MemoryOf(AlarmDefinition definition) => definition.Type switch
    {
        ConditionType.DevHi or ConditionType.DevLo => definition.Window > TimeSpan.Zero ? Deviation.Length : 0,
        ConditionType.RateUp or ConditionType.RateDown => Rate.Length,
        ConditionType.Discrepancy => Discrepancy.Length,
        ConditionType.Stale => Stale.Length,
        ConditionType.Flatline => Flatline.Length,
        ConditionType.Heartbeat => Heartbeat.Length,
        ConditionType.CountInTime => CountInTime.Length,
        ConditionType.TimeAbnormal => TimeAbnormal.Length,
        ConditionType.HiHi or ConditionType.Hi or ConditionType.Lo or ConditionType.LoLo or ConditionType.Equal or ConditionType.NotEqual or ConditionType.InSet
            or ConditionType.Bit or ConditionType.Mask or ConditionType.BadQuality or ConditionType.Expression or ConditionType.Limits => 0,
    };
}
