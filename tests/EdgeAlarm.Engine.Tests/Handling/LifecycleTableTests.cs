namespace EdgeAlarm.Engine.Tests.Handling;

/// <summary>
/// The whole product of lifecycle, trigger, suppression, latch and acknowledgement (ISA-18.2 §5, alarm life cycle §1.2), pair by pair, as it stands in src/ARCHITECTURE.md. Nobody
/// changes one without the other.
/// </summary>
public class LifecycleTableTests
{
    private const string Impossible = "cannot be";

    private static readonly bool[] Both = [true, false];

    [Fact]
    public void The_document_has_every_pair_of_state_and_trigger_as_the_engine_has_it()
    {
        var rows = from state in Enum.GetValues<LifecycleState>()
                   from trigger in Enum.GetValues<LifecycleTrigger>()
                   select $"| {state} | {trigger} | {Cell(state, trigger, isSuppressed: false)} | {Cell(state, trigger, isSuppressed: true)} |";

        Compare(["| state | trigger | annunciated | suppressed |", "| --- | --- | --- | --- |", .. rows], "### Lifecycle, pair by pair");
    }

    [Fact]
    public void The_document_has_every_pair_of_phase_and_signal_as_the_engine_has_it()
    {
        var rows = from phase in Enum.GetValues<SuppressionPhase>()
                   select $"| {phase} | {string.Join(" | ", Enum.GetValues<SuppressionSignal>().Select(signal => Cell(phase, signal)))} |";

        Compare([$"| phase | {string.Join(" | ", Enum.GetNames<SuppressionSignal>())} |", "| --- | --- | --- | --- | --- | --- |", .. rows], "### Suppression by design, pair by pair");
    }

    [Fact]
    public void Only_an_acknowledgement_or_its_withdrawal_ends_what_nobody_acknowledged()
    {
        // Whatever comes, in every variant: from a state in which somebody still has to acknowledge into one in which nobody has to.
        var unacknowledged = (LifecycleState[])[LifecycleState.Unacknowledged, LifecycleState.ReturnedUnacknowledged, LifecycleState.LatchedUnacknowledged];
        var ways = from state in unacknowledged
                   from trigger in Enum.GetValues<LifecycleTrigger>()
                   from rule in Rules()
                   let step = StepOrNull(state, trigger, rule)
                   where step is not null && !unacknowledged.Contains(step.Value.Next)
                   select trigger;

        Assert.Equal([LifecycleTrigger.Acknowledge, LifecycleTrigger.Withdraw], ways.Distinct().Order());
    }

    [Fact]
    public void A_state_says_whether_the_condition_stands_and_only_the_condition_changes_that()
    {
        var standing = (LifecycleState[])[LifecycleState.Unacknowledged, LifecycleState.Acknowledged];
        var ways = from state in Enum.GetValues<LifecycleState>()
                   from trigger in Enum.GetValues<LifecycleTrigger>()
                   from rule in Rules()
                   let step = StepOrNull(state, trigger, rule)
                   where step is not null && standing.Contains(step.Value.Next) != standing.Contains(state)
                   select trigger;

        Assert.Equal([LifecycleTrigger.ConditionTrue, LifecycleTrigger.ConditionFalse, LifecycleTrigger.Withdraw], ways.Distinct().Order());
    }

    [Fact]
    public void Nothing_that_is_suppressed_is_acknowledged_reset_or_refused_without_a_reason()
    {
        var steps = from state in Enum.GetValues<LifecycleState>()
                    from trigger in (LifecycleTrigger[])[LifecycleTrigger.Acknowledge, LifecycleTrigger.Reset]
                    from rule in Rules().Where(rule => rule.IsSuppressed)
                    select Lifecycle.On(state, trigger, rule);

        Assert.All(steps, step => Assert.True(step.Event is null && step.Outcome != CommandOutcome.Accepted));
    }

    private static void Compare(string[] table, string heading)
    {
        // for whoever changed the engine on purpose: what the document is to say
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', table));
        Assert.Equal(table, Repository.Table(heading));
    }

    private static IEnumerable<LifecycleRule> Rules() =>
        from ackRequired in Both from isLatching in Both from isSuppressed in Both select new LifecycleRule(ackRequired, isLatching, isSuppressed);

    private static LifecycleStep? StepOrNull(LifecycleState state, LifecycleTrigger trigger, LifecycleRule rule)
    {
        try
        {
            return Lifecycle.On(state, trigger, rule);
        }
        catch (InvariantViolation)
        {
            return null;
        }
    }

    // what depends on the alarm's settings says so: "X where latched, Y where not"
    private static string Cell(LifecycleState state, LifecycleTrigger trigger, bool isSuppressed)
    {
        string Of(bool ackRequired, bool isLatching) => Words(state, StepOrNull(state, trigger, new(ackRequired, isLatching, isSuppressed)));

        var byLatch = Both.Select(isLatching => Of(true, isLatching)).Distinct().ToList();
        var byAck = Both.Select(ackRequired => Of(ackRequired, true)).Distinct().ToList();
        Assert.False(byLatch.Count > 1 && byAck.Count > 1, "A pair depends on both settings: the table has no words for that.");
        return byLatch.Count > 1 ? $"{byLatch[0]} where it latches, else {byLatch[1]}"
            : byAck.Count > 1 ? $"{byAck[0]}; where no acknowledgement is required {byAck[1]}"
            : byLatch[0];
    }

    private static string Words(LifecycleState state, LifecycleStep? step) => step switch
    {
        null => Impossible,
        { Event: { } kind } => $"{kind} → {step.Value.Next}",
        { Outcome: CommandOutcome.Accepted } => "–",
        _ when step.Value.Next == state => $"refused: {step.Value.Outcome}",
        _ => throw new InvalidOperationException($"{state} goes to {step.Value.Next} without an event."),
    };

    private static string Cell(SuppressionPhase phase, SuppressionSignal signal)
    {
        try
        {
            var next = SuppressionPhases.On(phase, signal);
            return next == phase ? "–" : next.ToString();
        }
        catch (InvariantViolation)
        {
            return Impossible;
        }
    }
}
