namespace EdgeAlarm.RuleTests;

/// <summary>An expectation that was not met.</summary>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Text">The line.</param>
/// <param name="Found">What happened instead.</param>
/// <param name="Name">What it is about; null for all alarms.</param>
internal sealed record RuleFailure(int Line, string Text, string Found, string? Name);
