namespace EdgeAlarm.RuleTests;

/// <summary>What a scenario expects, understood.</summary>
internal abstract record Expectation
{
    /// <summary>When it is known whether it was met.</summary>
    /// <param name="at">Its time in the scenario.</param>
    public virtual TimeSpan DecidedAt(TimeSpan at) => at;
}
