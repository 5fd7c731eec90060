namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Collects every fault of a configuration, so that they are told at once and not one a start.</summary>
/// <param name="looksAtSecrets">Whether files with passwords and keys have to be there; not for those who log in nowhere.</param>
internal sealed class FaultList(bool looksAtSecrets = true)
{
    private readonly List<ConfigurationFault> _faults = [];

    /// <summary>File by file, in the order of the lines.</summary>
    public IReadOnlyList<ConfigurationFault> All => [.. _faults.GroupBy(fault => fault.File, StringComparer.Ordinal).SelectMany(file => file.OrderBy(fault => fault.Line))];

    /// <summary>Whether files with passwords and keys have to be there.</summary>
    public bool LooksAtSecrets => looksAtSecrets;

    public void Add(string file, int line, string column, string? value, string allowed) => _faults.Add(new(file, line, column, value, allowed));
}
