namespace EdgeAlarm.Historian;

/// <summary>The settings of the historian cannot be used; every fault at once.</summary>
/// <param name="faults">Each names the key, the value and what is allowed.</param>
/// <param name="inner">What a reader below threw, if one did.</param>
public sealed class HistorianSettingsException(IReadOnlyList<string> faults, Exception? inner = null) : Exception(string.Join(Environment.NewLine, faults), inner)
{
    /// <summary>The faults in the order of the file.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
