using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.RuleTests;

/// <summary>A scenario that was understood against a site: every name known, every step one that the engine alone can play.</summary>
internal sealed class RulePlan
{
    private RulePlan(Scenario scenario, Site site, IReadOnlyList<PlantTag> tags) => (Scenario, Site, Tags) = (scenario, site, tags);

    public Scenario Scenario { get; }

    public Site Site { get; }

    /// <summary>The site's tags as registers, by index.</summary>
    public IReadOnlyList<PlantTag> Tags { get; }

    public Dictionary<ScenarioStep, Expectation> Expectations { get; } = new(ReferenceEqualityComparer.Instance);

    public Dictionary<ScenarioStep, OperatorAction> Actions { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Steps of the clock.</summary>
    public Dictionary<ScenarioStep, TimeSpan> ClockSteps { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The configurations that <c>reload FILE</c> brings.</summary>
    public Dictionary<ScenarioStep, NormalisedConfiguration> Reloads { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>When the last thing that is written has happened, or is decided; a toggle goes on for ever.</summary>
    public TimeSpan End => Scenario.Steps.Select(step => step switch
    {
        RampStep ramp => ramp.Until,
        PulseStep pulse => pulse.At + pulse.Width,
        SourceLostStep { For: { } duration } => step.At + duration,
        ExpectationStep => Expectations[step].DecidedAt(step.At),
        _ => step.At,
    }).DefaultIfEmpty(TimeSpan.Zero).Max();

    /// <summary>Understands a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="site">The site whose alarm list it tests.</param>
    /// <param name="load">Loads the site with another alarm list, named relative to the scenario's folder; null where that has faults, which are told.</param>
    /// <param name="faults">Everything that is wrong, by line.</param>
    /// <returns>Null where there is any fault.</returns>
    public static RulePlan? Compile(Scenario scenario, Site site, Func<string, Site?> load, out IReadOnlyList<ScenarioFault> faults)
    {
        // each list once: its alarms may be named before it takes effect
        var lists = scenario.Steps.OfType<SystemStep>().Where(step => step is { Part.Text: "reload", Arguments: [_] })
            .Select(step => step.Arguments[0].Text.Trim('"')).Distinct(StringComparer.Ordinal).ToDictionary(name => name, load, StringComparer.Ordinal);
        var names = RuleNames.Of(site.Normalised.Alarms).With(lists.Values.OfType<Site>().Select(other => RuleNames.Of(other.Normalised.Alarms)));
        var plan = new RulePlan(scenario, site, [.. names.Tags.Select(name => new PlantTag(name, "", "", 0, 0, PlantValueKind.Double, double.NaN))]);
        var found = new List<ScenarioFault>(PlantScript.Check(scenario, plan.Tags, names.Sources).Faults);
        foreach (var step in scenario.Steps)
        {
            if (plan.Understand(step, names, lists.GetValueOrDefault) is { } fault)
            {
                found.Add(fault);
            }
        }

        faults = [.. found.OrderBy(fault => fault.Line)];
        return found.Count == 0 ? plan : null;
    }

    private ScenarioFault? Understand(ScenarioStep step, RuleNames names, Func<string, Site?> load)
    {
        switch (step)
        {
            case ExpectationStep expectation:
            {
                var words = new WordReader(Scenario.File, step, expectation.Expected);
                if (ExpectationParser.Parse(words, step.At, names) is { } understood)
                {
                    Expectations[step] = understood;
                }

                return words.Fault;
            }

            case OperatorStep action:
            {
                var words = new WordReader(Scenario.File, step, action.Arguments);
                if (OperatorAction.Parse(words, action, names) is { } understood)
                {
                    Actions[step] = understood;
                }

                return words.Fault;
            }

            case SystemStep system:
                return UnderstandSystem(system, new(Scenario.File, step, system.Arguments), load);
            default:
                return null;
        }
    }

    private ScenarioFault? UnderstandSystem(SystemStep step, WordReader words, Func<string, Site?> load)
    {
        switch (step.Part.Text)
        {
            case "restart":
                _ = words.Expect("gateway") && words.ExpectEnd();
                break;
            case "clock":
                if (words.Expect("step"))
                {
                    TakeClockStep(step, words);
                }

                break;
            case "reload":
                var file = words.Peek;
                if (words.TakeText("an alarm list", out var name) && words.ExpectEnd())
                {
                    TakeReload(step, words, file, load(name));
                }

                break;
            default:
                words.Fail(step.Part, "a step that the engine alone can play: values, qualities, sources, operators, `restart gateway`, `clock step +1h`, `reload FILE`; the rest needs the full system");
                break;
        }

        return words.Fault;
    }

    private void TakeClockStep(SystemStep step, WordReader words)
    {
        var written = words.Take();
        var isBack = written.Text.StartsWith('-');
        if (ScenarioDuration.TryParse(written.Text.AsSpan().TrimStart("+-"), out var by) && by > TimeSpan.Zero)
        {
            ClockSteps[step] = isBack ? -by : by;
            words.ExpectEnd();
        }
        else
        {
            words.Fail(written, "a step such as +1h or -30s");
        }
    }

    private void TakeReload(SystemStep step, WordReader words, ScenarioWord file, Site? other)
    {
        if (other is null)
        {
            words.Fail(file, "an alarm list without faults, relative to the scenario's folder");
        }
        else
        {
            Reloads[step] = other.Normalised;
        }
    }
}
