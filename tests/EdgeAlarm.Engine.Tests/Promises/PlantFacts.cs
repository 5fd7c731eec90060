using EdgeAlarm.Engine.Tests.Properties;

namespace EdgeAlarm.Engine.Tests.Promises;

/// <summary>What the inputs say of the plant: which sources deliver, what each tag last said and since when it says something abnormal.</summary>
internal sealed class PlantFacts(AlarmConfiguration configuration)
{
    private readonly Dictionary<string, bool> _up = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Quality? Answer, Sample? Last, bool Faulted)> _tags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (AlarmDefinition Alarm, PlantTime Since)> _abnormal = new(StringComparer.Ordinal);
    private AlarmConfiguration _configuration = configuration;
    private PlantTime _now;

    public void Take(object step, AlarmConfiguration next)
    {
        _now = PlantTime.Max(_now, step switch { Sample sample => sample.PlantTime, Input input => input.At, Reloaded reloaded => reloaded.At, _ => _now });
        switch (step)
        {
            case Sample sample:
                Set(sample.Tag, state => state with { Last = sample });
                break;
            case SourceUp up:
                _up[_configuration.Sources[up.Source].Name] = true;
                if (up.How != SourceRecovery.Republished)
                {
                    Forget(up.Source);
                }

                break;
            case SourceDown down:
                _up[_configuration.Sources[down.Source].Name] = false;
                break;
            case TagMonitored monitored:
                Set(monitored.Tag, state => state with { Answer = monitored.Result, Last = monitored.Result.IsGood ? state.Last : null });
                break;
            case InputSkipped { Tag: { } tag }:
                Set(tag, state => state with { Faulted = true });
                break;
            case GatewayStarted:
                _up.Clear();
                _tags.Clear();
                break;
        }

        _configuration = next;
        foreach (var alarm in next.Alarms)
        {
            if (!IsAbnormal(alarm))
            {
                _ = _abnormal.Remove(alarm.Id);
            }
            else if (!_abnormal.TryGetValue(alarm.Id, out var known) || known.Alarm != alarm with { Handling = known.Alarm.Handling })
            {
                // an alarm that asks something else was not answered before
                _abnormal[alarm.Id] = (alarm, _now);
            }
        }
    }

    /// <summary>Since when a plain limit is passed by a value that is known, as far as this gateway could know; null if it is not.</summary>
    public PlantTime? AbnormalSince(AlarmDefinition alarm) => _abnormal.TryGetValue(alarm.Id, out var known) ? known.Since : null;

    /// <summary>Whether the value that an alarm watches is there and can be evaluated. Of an expression only its whole cone could tell: the naive model does.</summary>
    public bool CanFire(AlarmDefinition alarm)
    {
        if (alarm.Expression is not null)
        {
            return true;
        }

        var (answer, last, faulted) = Of(alarm.Tag);
        var isAboutQuality = alarm.Type == ConditionType.BadQuality;
        return IsUp(alarm.Tag) && !faulted && answer is { IsGood: true } && last is { } sample && (isAboutQuality || IsUsable(sample));
    }

    /// <summary>The facts about an alarm's tag, for the message.</summary>
    public string Words(AlarmDefinition alarm) => $"source {(IsUp(alarm.Tag) ? "up" : "down")}, {Of(alarm.Tag)}";

    private bool IsAbnormal(AlarmDefinition alarm)
    {
        if (!CanFire(alarm) || alarm.SetpointTag is not null || Of(alarm.Tag).Last is not { } sample || !IsUsable(sample))
        {
            return false;
        }

        var value = sample.Value.AsNumber();
        return alarm.Type switch
        {
            ConditionType.HiHi or ConditionType.Hi => alarm.IsExclusive ? value > alarm.Setpoint : value >= alarm.Setpoint,
            ConditionType.Lo or ConditionType.LoLo => alarm.IsExclusive ? value < alarm.Setpoint : value <= alarm.Setpoint,
            ConditionType.Limits => alarm.Levels.Span.ToArray().Where(level => level.Level is AlarmLevel.HiHi or AlarmLevel.Hi).All(level => value > level.Setpoint),
            ConditionType.Equal => value == alarm.Setpoint,
            _ => false,
        };
    }

    private static bool IsUsable(in Sample sample) => !sample.Quality.IsBad && !double.IsNaN(sample.Value.AsNumber());

    private bool IsUp(int tag) => _up.GetValueOrDefault(_configuration.Sources[_configuration.Tags[tag].Source].Name);

    private (Quality? Answer, Sample? Last, bool Faulted) Of(int tag) => _tags.GetValueOrDefault(_configuration.Tags[tag].Name);

    private void Set(int tag, Func<(Quality? Answer, Sample? Last, bool Faulted), (Quality?, Sample?, bool)> change) =>
        _tags[_configuration.Tags[tag].Name] = change(Of(tag));

    // the new subscriptions have said nothing yet
    private void Forget(int source)
    {
        for (var tag = 0; tag < _configuration.Tags.Length; tag++)
        {
            if (_configuration.Tags[tag].Source == source)
            {
                Set(tag, state => state with { Last = null });
            }
        }
    }
}
