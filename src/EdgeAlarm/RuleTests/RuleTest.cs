using EdgeAlarm.Composition;
using EdgeAlarm.Engine;
using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.RuleTests;

/// <summary>
/// Plays a scenario on the real engine in virtual time, as fast as it can, and compares what the alarms did with what was expected. The same scenario has the same outcome always.
/// </summary>
internal sealed class RuleTest
{
    private static readonly long Start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private readonly RulePlan _plan;
    private readonly VirtualGateway _gateway;
    private readonly ScenarioPlayback _playback;
    private readonly List<RuleFailure> _failures = [];
    private readonly List<RuleFailure> _remarks = [];
    private readonly List<(ScenarioStep Step, Expectation Expected, int StoryFrom)> _open = [];
    private readonly Dictionary<int, long> _restoreAt = [];
    private int _expectations;

    private RuleTest(RulePlan plan)
    {
        _plan = plan;
        _gateway = new(plan.Site.Normalised.Alarms, [.. plan.Site.Settings.Sources.Select(source => source.RidesOut)], Start);
        _playback = new(plan.Scenario, plan.Tags, Play);
    }

    /// <summary>Plays it to its end, and on until the last expectation is decided.</summary>
    public static RuleTestResult Run(RulePlan plan) => new RuleTest(plan).Run();

    private RuleTestResult Run()
    {
        _playback.Start(Start);
        var end = Start + _plan.End.Ticks;
        while (Next() is var next && next <= end)
        {
            _gateway.AdvanceTo(new(next));
            foreach (var (source, _) in _restoreAt.Where(pair => pair.Value <= next).ToArray())
            {
                Restore(source);
            }

            _playback.TurnOnce(next);
            Flush();
        }

        _gateway.AdvanceTo(new(end));
        foreach (var (step, expected, from) in _open)
        {
            Decide(step, expected, from);
        }

        return new(_plan.Scenario.Title, _expectations, [.. _failures.OrderBy(failure => failure.Line)], _remarks, _gateway.Story);
    }

    private long Next() => Math.Min(_playback.NextDeadline, _restoreAt.Values.DefaultIfEmpty(long.MaxValue).Min());

    private void Restore(int source)
    {
        _restoreAt.Remove(source);
        _gateway.Restore(source, Present);
    }

    private PlantReading? Present(int tag) => _playback.Present(tag) is { } reading && !double.IsNaN(reading.Value) ? reading : null;

    private void Flush()
    {
        // a tag that the scenario gave no value yet gives no sample, whatever its quality
        foreach (var (tag, reading) in _playback.TakeChanges().Where(change => !double.IsNaN(change.Reading.Value)))
        {
            _gateway.Write(tag, reading);
        }
    }

    // what was written on the lines before has happened
    private void Play(ScenarioStep step, long now)
    {
        Flush();
        switch (step)
        {
            case ExpectationStep:
                Expect(step, _plan.Expectations[step]);
                break;
            case OperatorStep:
                Act(step, _plan.Actions[step]);
                break;
            case SourceLostStep lost:
                var source = SourceOf(lost.Source);
                _gateway.Lose(source);
                // as at the simulated PLC, the newer word counts
                _restoreAt[source] = lost.For is { } duration ? now + duration.Ticks : long.MaxValue;

                break;
            case SourceBackStep back:
                Restore(SourceOf(back.Source));
                break;
            case SystemStep when _plan.ClockSteps.TryGetValue(step, out var by):
                _gateway.StepClock(by);
                break;
            case SystemStep when _plan.Reloads.TryGetValue(step, out var configuration):
                _gateway.Reload(configuration.Alarms, configuration.Hash);
                break;
            case SystemStep:
                _gateway.Restart(Present);
                break;
            default:
                // a note
                break;
        }
    }

    private int SourceOf(ScenarioWord name) => RuleNames.Of(_plan.Site.Normalised.Alarms).Sources.IndexOf(name.Text);

    private void Act(ScenarioStep step, OperatorAction action)
    {
        var outcome = _gateway.Act(action);
        if (outcome is not CommandOutcome.Accepted)
        {
            _failures.Add(new(step.Line, step.Text, $"refused: {OutcomeWords.Of(outcome)}", action.Alarm));
        }
    }

    private void Expect(ScenarioStep step, Expectation expected)
    {
        _expectations++;
        if (expected is not StateExpectation state)
        {
            if (expected is TransitionExpectation { IsNever: true } never && _gateway.StateOf(never.Alarm) is { Armed: { IsArmed: false } unarmed })
            {
                _remarks.Add(new(step.Line, step.Text, $"it is not armed ({unarmed.Text}): that it does not come proves nothing", never.Alarm));
            }

            // what comes at the same time as the line before is seen by the line behind it
            var from = _gateway.Story.Count;
            while (from > 0 && _gateway.Story[from - 1].At == _gateway.Elapsed)
            {
                from--;
            }

            _open.Add((step, expected, from));
            return;
        }

        if (_gateway.StateOf(state.Alarm) is not ({ } alarm, { } armed))
        {
            _failures.Add(new(step.Line, step.Text, $"at {ScenarioTime.Text(step.At)} the alarm list has no {state.Alarm}", state.Alarm));
            return;
        }

        var holds = AlarmWords.Holds(state.State, alarm, armed);
        var because = state.Because is null || (armed.Text?.Contains(state.Because, StringComparison.OrdinalIgnoreCase) ?? false);
        if (holds == state.IsNot || !because)
        {
            var shown = armed.IsArmed ? "armed" : $"not armed: {armed.Text}";
            _failures.Add(new(step.Line, step.Text, $"at {ScenarioTime.Text(step.At)} it is {alarm.Lifecycle}{(alarm.Level == AlarmLevel.None ? "" : $" at {alarm.Level}")}, {shown}{(alarm.Suppression == SuppressionStates.None ? "" : $", {alarm.Suppression}")}", state.Alarm));
        }
    }

    private void Decide(ScenarioStep step, Expectation expected, int from)
    {
        var until = expected.DecidedAt(step.At);
        var seen = _gateway.Story.Skip(from).TakeWhile(told => told.At <= until);
        var found = expected switch
        {
            TransitionExpectation { IsNever: false } due when !seen.Any(told => Is(told, due)) => Missing(due, step.At, until),
            TransitionExpectation { IsNever: true } never when seen.FirstOrDefault(told => Is(told, never)) is { } told => $"it came: {told}",
            GapExpectation gap when !seen.Any(told => told.Event.Kind is EventKind.Gap && told.Name == gap.Name) => $"no gap of {gap.Name} until {ScenarioTime.Text(until)}",
            SilenceExpectation when seen.FirstOrDefault(told => (IsAnnounced(told) || told.Event is { Kind: EventKind.Returned, Suppression: SuppressionStates.None }) && told.At > step.At) is { } told => $"it was not silent: {told}",
            _ => null,
        };
        if (found is not null)
        {
            _failures.Add(new(step.Line, step.Text, found, expected switch { TransitionExpectation transition => transition.Alarm, GapExpectation gap => gap.Name, _ => null }));
        }
    }

    // what is hidden is told to no operator
    private static bool IsAnnounced(ToldEvent told) => IsOfNews(told.Event.Kind) && told.Event.Suppression == SuppressionStates.None;

    private static bool IsOfNews(EventKind kind) => kind is EventKind.Activated or EventKind.Worsened or EventKind.ReAlarmed;

    private static bool Is(ToldEvent told, TransitionExpectation expected) =>
        told.Event.Kind == expected.Kind && told.Name == expected.Alarm && (!IsOfNews(expected.Kind) || IsAnnounced(told));

    private string Missing(TransitionExpectation expected, TimeSpan from, TimeSpan until)
    {
        var others = _gateway.Story.Where(told => Is(told, expected)).ToArray();
        var late = Array.Find(others, told => told.At > until);
        var early = Array.FindLast(others, told => told.At < from);
        var words = AlarmWords.Of(expected.Kind);
        if (_gateway.Story.Find(told => told.Event.Kind == expected.Kind && told.Name == expected.Alarm && told.At >= from && told.At <= until) is { } hidden)
        {
            return $"it came at {ScenarioTime.Text(hidden.At)} and nobody was told: {hidden.Event.Suppression}";
        }

        return late is not null ? $"it was {words} at {ScenarioTime.Text(late.At)}, {ScenarioTime.Text(late.At - until)} too late"
            : early is not null ? $"it was {words} before, at {ScenarioTime.Text(early.At)}, and not again until {ScenarioTime.Text(until)}"
            : $"it was never {words}";
    }
}
