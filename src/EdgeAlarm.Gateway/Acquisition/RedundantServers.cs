namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Which of several servers of one source is used (non-transparent redundancy, OPC 10000-4 §6.6.2.4): one session lives, the others are only asked for their ServiceLevel. Between
/// healthy servers nothing is changed: each change costs a gap. Decisions only; one caller at a time.
/// </summary>
/// <param name="servers">The servers, the preferred one first; at least one.</param>
internal sealed class RedundantServers(IReadOnlyList<Uri> servers)
{
    /// <summary>From here on a server is healthy: it has all the data.</summary>
    public const byte HealthyMin = 200;

    /// <summary>Attempts at a server that nobody answers, before another is tried.</summary>
    public const int FailuresMax = 2;

    private readonly byte?[] _levels = new byte?[servers.Count];
    private int _current;
    private int _failures;

    /// <summary>The server that is used, or tried.</summary>
    public Uri Current => servers[_current];

    /// <summary>The servers beside it.</summary>
    public IReadOnlyList<Uri> Others => [.. servers.Where((_, index) => index != _current)];

    /// <summary>Whether the present server is known to be less than healthy.</summary>
    public bool IsDegraded => _levels[_current] < HealthyMin;

    /// <summary>A server told its ServiceLevel; null where it did not answer.</summary>
    public void Told(Uri server, byte? level)
    {
        for (var index = 0; index < servers.Count; index++)
        {
            if (servers[index] == server)
            {
                _levels[index] = level;
            }
        }
    }

    /// <summary>The present server works.</summary>
    public void Worked() => _failures = 0;

    /// <summary>An attempt at the present server failed.</summary>
    /// <returns>Whether another is to be tried from now on.</returns>
    public bool Failed()
    {
        if (servers.Count == 1 || ++_failures < FailuresMax)
        {
            return false;
        }
        _levels[_current] = null;
        _failures = 0;
        var next = (_current + 1) % servers.Count;
        for (var step = 1; step < servers.Count; step++)
        {
            var candidate = (_current + step) % servers.Count;
            next = (_levels[candidate] ?? 0) > (_levels[next] ?? 0) ? candidate : next;
        }
        _current = next;
        return true;
    }

    /// <summary>Goes to the best other server where the present one is degraded and that one is better.</summary>
    /// <returns>What was found, in words; null where nothing changes.</returns>
    public string? Improve()
    {
        if (!IsDegraded)
        {
            return null;
        }
        var best = _current;
        for (var index = 0; index < servers.Count; index++)
        {
            best = _levels[index] > _levels[best] ? index : best;
        }
        if (best == _current)
        {
            return null;
        }
        var words = $"{Current} has the service level {_levels[_current]}, {servers[best]} has {_levels[best]}: that one is used from now on";
        (_current, _failures) = (best, 0);
        return words;
    }
}
