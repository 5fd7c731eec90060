namespace EdgeAlarm.Verbs;

/// <summary>What came of a scenario file.</summary>
internal enum TestOutcome
{
    /// <summary>All that it expects was met.</summary>
    Passed,

    /// <summary>Something was not.</summary>
    Failed,

    /// <summary>It only plays a plant: nothing is proved.</summary>
    ExpectsNothing,

    /// <summary>It has faults, which were told.</summary>
    NotUnderstood,
}
