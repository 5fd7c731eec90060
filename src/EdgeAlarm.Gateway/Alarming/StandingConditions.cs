using System.Collections.Immutable;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Certificates;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>
/// The system conditions that stand. Changed by recorded inputs alone, so that a restart knows them again. A start ends all but those of certificates: whoever finds one of the others
/// finds it anew, while the watch of certificates remembers what it told.
/// </summary>
internal sealed class StandingConditions
{
    private readonly SortedDictionary<string, StandingCondition> _standing = new(StringComparer.Ordinal);

    /// <summary>The conditions, by name.</summary>
    public ImmutableArray<StandingCondition> All => [.. _standing.Values];

    /// <summary>Takes in a recorded input.</summary>
    public void Observe(Input input)
    {
        switch (input)
        {
            case SystemConditionChanged { Active: true } raised:
                _standing[raised.Name] = new(raised.Name, raised.Detail, _standing.TryGetValue(raised.Name, out var before) ? before.Since : raised.At);
                break;
            case SystemConditionChanged cleared:
                _standing.Remove(cleared.Name);
                break;
            case GatewayStarted:
                foreach (var name in _standing.Keys.Where(name => !CertificateConditions.IsOne(name)).ToArray())
                {
                    _standing.Remove(name);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>The state as bytes.</summary>
    public ReadOnlyMemory<byte> Snapshot()
    {
        var buffer = new JournalBuffer(64);
        buffer.WriteVarint((ulong)_standing.Count);
        foreach (var condition in _standing.Values)
        {
            buffer.Write(condition.Name);
            buffer.Write(condition.Detail);
            buffer.Write(condition.Since.Ticks);
        }

        return buffer.Written.ToArray();
    }

    /// <summary>Reads the state back.</summary>
    public static StandingConditions Restore(ReadOnlySpan<byte> snapshot)
    {
        var conditions = new StandingConditions();
        var payload = new RecordPayload(snapshot);
        for (var left = payload.Count(); left > 0; left--)
        {
            var condition = new StandingCondition(payload.Text(), payload.Text(), new(payload.Int64()));
            conditions._standing[condition.Name] = condition;
        }

        return conditions;
    }
}
