namespace EdgeAlarm.Verbs;

/// <summary>What a verb tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Done, nothing to report.</summary>
    public const int Done = 0;

    /// <summary>Done, and something was found that a person has to look at.</summary>
    public const int Found = 1;

    /// <summary>Could not run; the message says what to do.</summary>
    public const int CouldNotRun = 2;
}
