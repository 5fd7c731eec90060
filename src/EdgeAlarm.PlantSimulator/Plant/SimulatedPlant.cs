using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>
/// The plant: registers, the process behind them, the script over them, and the network in front. It is given the time and plays
/// everything due in the order of time. One caller at a time.
/// </summary>
internal sealed class SimulatedPlant
{
    // an hour of a tag that changes each 100 ms; load tags keep none
    private const int HistoryValuesMax = 36_000;
    private readonly Dictionary<string, TagCell> _cells;
    private readonly TagCell[] _bulk;
    private readonly long _bulkTicks;
    private readonly TankFarm _farm;
    private readonly ScriptPlayer? _script;
    private readonly double _speed;
    private long _nextStep;
    private long _nextBulk;

    /// <param name="bulkCount">Number of load tags, 0..<see cref="BulkTags.CountMax"/>.</param>
    /// <param name="bulkInterval">Time between two changes of every load tag.</param>
    /// <param name="scenario">A checked scenario, or none.</param>
    /// <param name="speed">How much faster than written the scenario is played; 1 as written.</param>
    /// <param name="log">The value log, or none.</param>
    internal SimulatedPlant(int bulkCount, TimeSpan bulkInterval, Scenario? scenario, double speed, ValueLog? log)
    {
        Cells = [.. TankFarm.Tags.Select(tag => new TagCell(tag, log, new TagHistory(HistoryValuesMax))), .. BulkTags.Tags(bulkCount).Select(tag => new TagCell(tag, log))];
        _cells = Cells.ToDictionary(cell => cell.Tag.Name, StringComparer.Ordinal);
        _bulk = [.. Cells.Skip(TankFarm.Tags.Count)];
        _bulkTicks = bulkInterval.Ticks;
        _farm = new TankFarm(_cells);
        _speed = speed;
        _script = scenario is null ? null : new ScriptPlayer(scenario, speed, _cells, PlayLink, Link.Restore);
    }

    internal IReadOnlyList<TagCell> Cells { get; }

    internal PlantLink Link { get; } = new();

    internal long NextDeadline => Math.Min(Math.Min(_nextStep, _nextBulk), _script?.NextDeadline ?? long.MaxValue);

    /// <exception cref="KeyNotFoundException">There is no such tag.</exception>
    internal TagCell this[string tag] => _cells.TryGetValue(tag, out var cell) ? cell : throw new KeyNotFoundException($"the plant has no tag '{tag}'");

    internal void Start(long now)
    {
        foreach (var cell in Cells)
        {
            cell.Start(now);
        }

        _nextStep = now + TankFarm.StepTicks;
        _nextBulk = _bulk.Length == 0 ? long.MaxValue : NextMultiple(now, _bulkTicks);
        _script?.Start(now);
    }

    /// <summary>Plays what is due until now; where several are due at the same time: script, process, load.</summary>
    internal void TurnOnce(long now)
    {
        while (NextDeadline is var at && at <= now)
        {
            _script?.TurnOnce(at);
            if (_nextStep == at)
            {
                _farm.Step(at);
                _nextStep += TankFarm.StepTicks;
            }

            if (_nextBulk == at)
            {
                ChangeBulk(at);
            }
        }
    }

    // operator, system, expectation and note: the simulator leaves them to others and has said so at the start
    private void PlayLink(ScenarioStep step, long now)
    {
        switch (step)
        {
            case SourceLostStep lost:
                Link.Lose(lost.For is { } duration ? now + (long)(duration.Ticks / _speed) : long.MaxValue);
                break;
            case SourceBackStep:
                Link.Restore();
                break;
            default:
                break;
        }
    }

    private void ChangeBulk(long at)
    {
        var change = at / _bulkTicks;
        for (var index = 0; index < _bulk.Length; index++)
        {
            _bulk[index].SetProcess(BulkTags.ValueAt(index, change), at);
        }

        _nextBulk += _bulkTicks;
    }

    private static long NextMultiple(long now, long interval) => ((now / interval) + 1) * interval;
}
