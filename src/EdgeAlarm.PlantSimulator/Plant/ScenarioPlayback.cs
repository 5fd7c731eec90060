using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>
/// The plant's side of a scenario without any server and in any time: values, qualities, freezing and muting of tags, exactly as the simulated PLC plays them, and the other steps
/// in their turn. One caller at a time.
/// </summary>
public sealed class ScenarioPlayback
{
    private readonly TagCell[] _cells;
    private readonly long[] _taken;
    private readonly ScriptPlayer _player;

    /// <summary>A playback that has not begun.</summary>
    /// <param name="scenario">A scenario that has passed <see cref="PlantScript.Check"/>.</param>
    /// <param name="tags">The tags; what the scenario does not touch never gives a sample.</param>
    /// <param name="others">Told each step that concerns no tag, in its turn, with the time. The readings that changed before it may be taken there.</param>
    public ScenarioPlayback(Scenario scenario, IReadOnlyList<PlantTag> tags, Action<ScenarioStep, long> others)
    {
        ArgumentNullException.ThrowIfNull(tags);
        _cells = [.. tags.Select(tag => new TagCell(tag, log: null))];
        _taken = new long[_cells.Length];
        _player = new ScriptPlayer(scenario, speed: 1, _cells.ToDictionary(cell => cell.Tag.Name, StringComparer.Ordinal), others, static () => { });
    }

    /// <summary>When something is due next, in ticks of the caller's time; <see cref="long.MaxValue"/> once everything is played.</summary>
    public long NextDeadline => _player.NextDeadline;

    /// <summary>Begins.</summary>
    /// <param name="now">The caller's time at which the scenario starts, in ticks.</param>
    public void Start(long now) => _player.Start(now);

    /// <summary>Plays all that is due until now, in the order of time.</summary>
    public void TurnOnce(long now) => _player.TurnOnce(now);

    /// <summary>The tags that were written since they were last taken, by their place in the list of tags.</summary>
    public IEnumerable<(int Tag, PlantReading Reading)> TakeChanges()
    {
        for (var index = 0; index < _cells.Length; index++)
        {
            if (_cells[index].Version != _taken[index])
            {
                _taken[index] = _cells[index].Version;
                yield return (index, Read(index));
            }
        }
    }

    /// <summary>What a tag that was ever written holds now; null for one that was not, or gives no samples at the moment.</summary>
    public PlantReading? Present(int tag) => _cells[tag] is { Version: > 0, IsMuted: false } ? Read(tag) : null;

    private PlantReading Read(int index)
    {
        var cell = _cells[index];
        return new(cell.Tag, cell.Value, new(cell.Status), cell.SourceTicks, cell.IsMuted);
    }
}
