namespace EdgeAlarm.RuleTests;

/// <summary><c>PLC1 gap within 5s</c>: the gap of a source or a tag is told.</summary>
/// <param name="Name">The source or tag.</param>
/// <param name="Within">From the expectation on.</param>
internal sealed record GapExpectation(string Name, TimeSpan Within) : Expectation
{
    /// <inheritdoc />
    public override TimeSpan DecidedAt(TimeSpan at) => at + Within;
}
