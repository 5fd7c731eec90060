namespace EdgeAlarm.RuleTests;

/// <summary>What came of a scenario.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Expectations">How many expectations it has.</param>
/// <param name="Failures">Those that were not met, with what happened instead, and commands that were refused.</param>
/// <param name="Remarks">Expectations that something does not come while its alarm is not armed: they prove nothing.</param>
/// <param name="Story">Every event of alarms, armed state and gaps, for whoever looks for the cause.</param>
internal sealed record RuleTestResult(string Title, int Expectations, IReadOnlyList<RuleFailure> Failures, IReadOnlyList<RuleFailure> Remarks, IReadOnlyList<ToldEvent> Story);
