using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>
/// Plays the plant's side of a scenario on the tags: each step at its own moment, however late the turn that plays it, so that a pulse
/// of 80 ms is 80 ms in the register. A newer value step on a tag ends its ramp or toggle. At the end of a round every tag goes back to
/// the process and the scenario starts again.
/// </summary>
internal sealed class ScriptPlayer
{
    private readonly Scenario _scenario;
    private readonly double _speed;
    private readonly IReadOnlyDictionary<string, TagCell> _cells;
    private readonly Action<ScenarioStep, long> _others;
    private readonly Action _roundEnds;
    private readonly Dictionary<TagCell, ScriptMotion> _motions = [];
    private readonly Dictionary<TagCell, long> _pulseEnds = [];
    private long _roundStart;
    private int _nextStep;

    /// <param name="scenario">A scenario that has passed <see cref="PlantScript.Check"/>: every name in it is known.</param>
    /// <param name="speed">How much faster than written it is played.</param>
    /// <param name="cells">The tags.</param>
    /// <param name="others">Told each step that concerns no tag, in its turn, with the time.</param>
    /// <param name="roundEnds">Told when a round ends, before the next begins.</param>
    internal ScriptPlayer(Scenario scenario, double speed, IReadOnlyDictionary<string, TagCell> cells, Action<ScenarioStep, long> others, Action roundEnds) =>
        (_scenario, _speed, _cells, _others, _roundEnds) = (scenario, speed, cells, others, roundEnds);

    /// <summary>When something is due next; <see cref="long.MaxValue"/> once everything is played.</summary>
    internal long NextDeadline { get; private set; } = long.MaxValue;

    internal void Start(long now)
    {
        _roundStart = now;
        _nextStep = 0;
        NextDeadline = ToTicks(NextScriptTime());
    }

    /// <summary>Plays all that is due until now, in the order of time.</summary>
    internal void TurnOnce(long now)
    {
        while (NextDeadline <= now)
        {
            var time = NextScriptTime();
            PlayAt(time, NextDeadline);
            NextDeadline = ToTicks(NextScriptTime());
        }
    }

    /// <summary>What ends comes before what begins: a pulse's end, a motion's value, then the steps of this time by line.</summary>
    private void PlayAt(long time, long now)
    {
        if (_scenario.RepeatEvery is { } every && time == every.Ticks)
        {
            EndRound(now);
            return;
        }

        foreach (var (cell, _) in _pulseEnds.Where(pair => pair.Value == time).ToArray())
        {
            _pulseEnds.Remove(cell);
            cell.SetPulse(null, now);
        }

        foreach (var (cell, motion) in _motions.Where(pair => pair.Value.NextTicks == time).ToArray())
        {
            Advance(cell, motion, now);
        }

        while (_nextStep < _scenario.Steps.Count && _scenario.Steps[_nextStep].At.Ticks == time)
        {
            Play(_scenario.Steps[_nextStep++], time, now);
        }
    }

    private void Play(ScenarioStep step, long time, long now)
    {
        switch (step)
        {
            case ConstantStep constant:
                _motions.Remove(_cells[constant.Tag.Text]);
                _cells[constant.Tag.Text].SetScript(constant.Value, now);
                break;
            case RampStep ramp:
                Advance(_cells[ramp.Tag.Text], new ScriptMotion(ramp), now);
                break;
            case ToggleStep toggle:
                Advance(_cells[toggle.Tag.Text], new ScriptMotion(toggle), now);
                break;
            case PulseStep pulse:
                _pulseEnds[_cells[pulse.Tag.Text]] = time + pulse.Width.Ticks;
                _cells[pulse.Tag.Text].SetPulse(pulse.Value, now);
                break;
            case TagModeStep mode:
                _cells[mode.Tag.Text].SetMode(mode.Mode, now);
                break;
            case QualityStep quality:
                _cells[quality.Tag.Text].SetQuality(PlantScript.QualityOf(quality.Quality.Text)!.Value.Code, now);
                break;
            default:
                _others(step, now);
                break;
        }
    }

    private void Advance(TagCell cell, ScriptMotion motion, long now)
    {
        cell.SetScript(motion.Take(), now);
        _motions[cell] = motion;
        if (motion.NextTicks == long.MaxValue)
        {
            _motions.Remove(cell);
        }
    }

    private void EndRound(long now)
    {
        _motions.Clear();
        _pulseEnds.Clear();
        foreach (var cell in _cells.Values)
        {
            cell.Release(now);
        }

        _roundEnds();
        _roundStart = now;
        _nextStep = 0;
    }

    private long NextScriptTime()
    {
        var next = _scenario.RepeatEvery?.Ticks ?? long.MaxValue;
        if (_nextStep < _scenario.Steps.Count)
        {
            next = Math.Min(next, _scenario.Steps[_nextStep].At.Ticks);
        }

        foreach (var motion in _motions.Values)
        {
            next = Math.Min(next, motion.NextTicks);
        }

        foreach (var end in _pulseEnds.Values)
        {
            next = Math.Min(next, end);
        }

        return next;
    }

    private long ToTicks(long scriptTicks) => scriptTicks == long.MaxValue ? long.MaxValue : _roundStart + Scaled(scriptTicks);

    private long Scaled(long scriptTicks) => _speed == 1 ? scriptTicks : (long)(scriptTicks / _speed);
}
