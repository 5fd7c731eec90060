using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>What of a scenario the simulator can play: only the plant's side, and only names that its plant has.</summary>
public static class PlantScript
{
    /// <summary>Checks a scenario against a plant.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="tags">The plant's tags.</param>
    /// <param name="sources">The names under which the scenario knows the PLCs.</param>
    public static PlantScriptCheck Check(Scenario scenario, IReadOnlyList<PlantTag> tags, IReadOnlyList<string> sources)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(tags);
        var byName = tags.ToDictionary(tag => tag.Name, StringComparer.Ordinal);
        var faults = new List<ScenarioFault>();
        var leftToOthers = new List<ScenarioStep>();
        foreach (var step in scenario.Steps)
        {
            switch (step)
            {
                case TagStep tagStep:
                    CheckTag(scenario, tagStep, byName, faults);
                    break;
                case SourceLostStep lost:
                    CheckSource(scenario, step, lost.Source, sources, faults);
                    break;
                case SourceBackStep back:
                    CheckSource(scenario, step, back.Source, sources, faults);
                    break;
                case NoteStep:
                    break;
                default:
                    leftToOthers.Add(step);
                    break;
            }
        }

        return new PlantScriptCheck(faults, leftToOthers);
    }

    /// <summary>The status code of a quality word: a standard's name such as <c>BadSensorFailure</c>, or <c>0x808C0000</c>.</summary>
    /// <returns><see langword="null"/> where there is none of that name.</returns>
    public static StatusCode? QualityOf(string word) => QualityNames.Find(word);

    private static void CheckTag(Scenario scenario, TagStep step, Dictionary<string, PlantTag> byName, List<ScenarioFault> faults)
    {
        if (!byName.TryGetValue(step.Tag.Text, out var tag))
        {
            var some = string.Join(", ", byName.Keys.Take(8)) + (byName.Count > 8 ? ", ..." : string.Empty);
            Add(scenario, step, step.Tag, $"a tag of the plant: {some}{NearestName.Hint(step.Tag.Text, byName.Keys)}", faults);
            return;
        }

        switch (step)
        {
            case ConstantStep constant:
                CheckValue(scenario, step, tag, constant.Written, constant.Value, faults);
                break;
            case PulseStep pulse:
                CheckValue(scenario, step, tag, pulse.Written, pulse.Value, faults);
                break;
            case ToggleStep toggle:
                CheckValue(scenario, step, tag, toggle.First.Written, toggle.First.Value, faults);
                CheckValue(scenario, step, tag, toggle.Second.Written, toggle.Second.Value, faults);
                break;
            case RampStep when tag.Kind == PlantValueKind.Boolean:
                Add(scenario, step, step.Tag, "a tag with numbers; this one is true or false and has no ramp", faults);
                break;
            case QualityStep quality when QualityOf(quality.Quality.Text) is null:
                Add(scenario, step, quality.Quality, $"a status code of OPC UA such as Good, BadSensorFailure, UncertainLastUsableValue{NearestName.Hint(quality.Quality.Text, QualityNames.All)}", faults);
                break;
            default:
                break;
        }
    }

    private static void CheckValue(Scenario scenario, TagStep step, PlantTag tag, ScenarioWord written, double value, List<ScenarioFault> faults)
    {
        if (tag.Kind == PlantValueKind.Boolean && value is not (0 or 1))
        {
            Add(scenario, step, written, $"true, false, on, off, 1 or 0: {tag.Name} is a boolean", faults);
        }
        else if (tag.Kind == PlantValueKind.Int32 && value != Math.Truncate(Math.Clamp(value, int.MinValue, int.MaxValue)))
        {
            Add(scenario, step, written, $"a whole number: {tag.Name} is an Int32", faults);
        }
    }

    private static void CheckSource(Scenario scenario, ScenarioStep step, ScenarioWord written, IReadOnlyList<string> sources, List<ScenarioFault> faults)
    {
        if (!sources.Contains(written.Text, StringComparer.Ordinal))
        {
            Add(scenario, step, written, $"a source of the plant: {string.Join(", ", sources)}{NearestName.Hint(written.Text, sources)}", faults);
        }
    }

    private static void Add(Scenario scenario, ScenarioStep step, ScenarioWord word, string allowed, List<ScenarioFault> faults) =>
        faults.Add(new ScenarioFault(scenario.File, step.Line, word.Column, word.Text, allowed));
}
