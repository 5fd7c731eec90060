namespace EdgeAlarm.RuleTests;

/// <summary>What a scenario expects, understood.</summary>
internal abstract record Expectation;
