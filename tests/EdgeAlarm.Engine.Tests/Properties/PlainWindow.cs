namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>
/// Conditions over time of the naive model: everything that was seen is kept, and each question is answered by going through all of it. Times of a bad value do not count,
/// except for rates and deviations, where the process goes on meanwhile.
/// </summary>
internal sealed class PlainWindow(AlarmDefinition alarm)
{
    private AlarmDefinition _row = alarm;
    private readonly List<(long Time, double Value, double Other)> _seen = [];
    private readonly List<long> _edges = [];
    private readonly List<(long From, long To)> _true = [];
    private long _stood;
    private long? _stoppedAt;
    private long _now;
    private long _changed;
    private long? _limit;
    private bool? _was;
    private bool _wasBad;

    public static bool IsOf(AlarmDefinition alarm) => alarm.Type is ConditionType.RateUp or ConditionType.RateDown or ConditionType.Discrepancy or ConditionType.Stale
        or ConditionType.Flatline or ConditionType.Heartbeat or ConditionType.CountInTime or ConditionType.TimeAbnormal
        || (alarm.Type is ConditionType.DevHi or ConditionType.DevLo && alarm.Window > TimeSpan.Zero);

    private bool GoesOnWhileBad => _row.Type is ConditionType.RateUp or ConditionType.RateDown or ConditionType.DevHi or ConditionType.DevLo or ConditionType.Stale;

    /// <summary>The same memory under a row whose tags may have other indexes.</summary>
    public PlainWindow Under(AlarmDefinition row)
    {
        _row = row;
        return this;
    }

    public void Stop(long time)
    {
        _wasBad = true;
        _stoppedAt ??= Math.Max(time, _now + _stood);
    }

    public bool Take(long time, int trigger, string broken, double value, double other, long updated, long bits, bool standing)
    {
        if (_stoppedAt is { } stopped)
        {
            _stood += GoesOnWhileBad ? 0 : Math.Max(0, time - stopped);
            _stoppedAt = null;
        }

        var first = _seen.Count == 0;
        var before = _now;
        _now = first ? time - _stood : Math.Max(_now, time - _stood);
        switch (_row.Type)
        {
            case ConditionType.RateUp or ConditionType.RateDown when (broken != "" || _wasBad) && _now - before > _row.Window.Ticks:
                _seen.Clear();
                break;
            case ConditionType.Stale:
                _changed = updated;
                break;
            case ConditionType.Heartbeat when first || broken == "start" || bits != BitConverter.DoubleToInt64Bits(_seen[^1].Value):
                _changed = updated - _stood;
                break;
            case ConditionType.Discrepancy:
                var differs = value != other && !(Math.Abs(value - other) <= _row.Deadband);
                var patience = first || broken == "start" || trigger == _row.Tag ? _row.Window.Ticks : 0;
                _limit = differs ? _limit ?? time - _stood + patience : null;
                break;
            case ConditionType.CountInTime when _was == false && value != 0:
                _edges.Add(_now);
                break;
            case ConditionType.TimeAbnormal when _was == true && (broken == "" || value != 0):
                _true.Add((before, _now));
                break;
        }

        _was = value != 0;
        _wasBad = false;
        _seen.Add((_now, _row.Type == ConditionType.Heartbeat ? BitConverter.Int64BitsToDouble(bits) : value, other));
        return Says(_now, standing);
    }

    /// <summary>The first time up to a time at which it says something else without anything new to see; null if there is none.</summary>
    public long? Change(long until, bool standing)
    {
        if (_seen.Count == 0 || _stoppedAt is not null)
        {
            return null;
        }

        var said = Says(_now, standing);
        foreach (var time in Candidates().Where(time => time > _now && time + _stood <= until).Order())
        {
            if (Says(time, standing) != said)
            {
                return time + _stood;
            }
        }

        return null;
    }

    private IEnumerable<long> Candidates()
    {
        var parts = _row.Type is ConditionType.RateUp or ConditionType.RateDown or ConditionType.TimeAbnormal ? 16 : 8;
        var part = Math.Max(1, _row.Window.Ticks / parts);
        var grid = Enumerable.Range(1, parts + 3).Select(step => ((_now / part) + step) * part).ToList();
        return _row.Type switch
        {
            ConditionType.Stale or ConditionType.Heartbeat => [_changed + _row.Window.Ticks],
            ConditionType.Discrepancy => _limit is { } limit ? [limit] : [],
            ConditionType.CountInTime => _edges.Select(edge => edge + _row.Window.Ticks),
            ConditionType.Flatline => [.. grid, _seen[0].Time + _row.Window.Ticks],

            // within a part the time adds up evenly
            ConditionType.TimeAbnormal => [.. grid, .. grid.Prepend(_now).Select(start => start + Limit - Sum(start))],
            _ => grid,
        };
    }

    private long Limit => (long)(_row.Setpoint * 1e7);

    private bool Says(long now, bool standing)
    {
        var window = _row.Window.Ticks;
        var deadband = standing ? _row.Deadband : 0;
        switch (_row.Type)
        {
            case ConditionType.Stale or ConditionType.Heartbeat:
                return now - _changed >= window;
            case ConditionType.Discrepancy:
                return _limit is { } limit && now >= limit;
            case ConditionType.CountInTime:
                return _edges.Count(edge => now - edge < window) >= _row.Setpoint;
            case ConditionType.TimeAbnormal:
                return Sum(now) >= Limit;
            case ConditionType.Flatline:
                var values = Within(now).Select(seen => seen.Value).ToList();
                return now - _seen[0].Time >= window && (values.Max() == values.Min() || values.Max() - values.Min() <= _row.Deadband);
            case ConditionType.DevHi:
                return _seen[^1].Value >= Within(now).Max(seen => seen.Other) + (_row.Setpoint - deadband);
            case ConditionType.DevLo:
                return _seen[^1].Value <= Within(now).Min(seen => seen.Other) + (_row.Setpoint + deadband);
            default:
                var from = ((now / (window / 16)) - 16) * (window / 16);
                var past = _seen.LastOrDefault(seen => seen.Time < from, _seen[0]).Value;
                var rise = _seen[^1].Value == past ? 0 : _seen[^1].Value - past;
                return (_row.Type == ConditionType.RateUp ? rise : -rise) >= _row.Setpoint - deadband && _seen[^1].Value != past;
        }
    }

    // what was in the window and what was when it began
    private IEnumerable<(long Time, double Value, double Other)> Within(long now)
    {
        var part = _row.Window.Ticks / 8;
        var from = ((now / part) - 8) * part;
        return _seen.Where(seen => seen.Time >= from).Concat(_seen.Where(seen => seen.Time < from).TakeLast(1));
    }

    private long Sum(long now)
    {
        var part = _row.Window.Ticks / 16;
        var from = ((now / part) - 16) * part;
        return _true.Concat(_was == true ? [(_now, now)] : []).Sum(stretch => Math.Max(0, Math.Min(stretch.To, now) - Math.Max(stretch.From, from)));
    }
}
