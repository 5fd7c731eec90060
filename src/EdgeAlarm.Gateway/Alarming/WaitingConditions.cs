using System.Diagnostics.CodeAnalysis;
using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>
/// Changes of system conditions that wait for the pump's next turn: of each condition at most two, so that the queue is as long as there are names and nothing is dropped whose
/// absence could be seen. One caller at a time.
/// </summary>
internal sealed class WaitingConditions
{
    private readonly List<SystemConditionChanged> _waiting = [];

    /// <summary>How many wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>Puts a change behind the others. Said again it replaces the last; back and forth again it leaves out the way there and back.</summary>
    public void Add(SystemConditionChanged change)
    {
        var ofSame = _waiting.FindAll(other => string.Equals(other.Name, change.Name, StringComparison.Ordinal));
        if (ofSame.Count > 0 && ofSame[^1].Active == change.Active)
        {
            _waiting.Remove(ofSame[^1]);
        }
        else if (ofSame.Count == 2)
        {
            _waiting.RemoveAll(ofSame.Contains);
        }

        _waiting.Add(change);
    }

    /// <summary>Takes the one that waits longest.</summary>
    public bool TryTake([NotNullWhen(true)] out SystemConditionChanged? change)
    {
        change = _waiting.Count > 0 ? _waiting[0] : null;
        if (change is not null)
        {
            _waiting.RemoveAt(0);
        }

        return change is not null;
    }
}
