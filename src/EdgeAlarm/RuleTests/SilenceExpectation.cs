namespace EdgeAlarm.RuleTests;

/// <summary><c>nothing until 110s</c>: no alarm is raised or returns until then.</summary>
/// <param name="Until">Time of the scenario.</param>
internal sealed record SilenceExpectation(TimeSpan Until) : Expectation
{
    /// <inheritdoc />
    public override TimeSpan DecidedAt(TimeSpan at) => Until;
}
