using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>Who comes next among chores that would each fill all the time there is.</summary>
public class ChoreTurnsTests
{
    private static readonly PlantTime Now = new(10_000_000_000);
    private readonly Chore _history = new("history");
    private readonly Chore _identity = new("identity");
    private readonly Chore _first = new("first");
    private readonly Chore _second = new("second");
    private readonly ChoreTurns _turns;

    public ChoreTurnsTests() => _turns = new([_identity, _history], [_first, _second]);

    // a gap's history is due until its last page has come
    [Fact]
    public void Live_rounds_and_other_chores_alternate_while_both_are_due()
    {
        (_history.DueAt, _first.DueAt) = (PlantTime.Zero, Now);
        Assert.Equal(["first", "history", "first", "history", "first"], Turns(5));
    }

    [Fact]
    public void Whoever_is_alone_has_every_turn()
    {
        _history.DueAt = PlantTime.Zero;
        Assert.Equal(["history", "history"], Turns(2));
        (_history.DueAt, _first.DueAt) = (PlantTime.Never, Now);
        Assert.Equal(["first", "first"], Turns(2));
    }

    [Fact]
    public void Of_the_others_the_weightier_comes_first_and_of_the_rounds_the_one_that_waits_longest()
    {
        (_identity.DueAt, _history.DueAt, _first.DueAt, _second.DueAt) = (Now, PlantTime.Zero, Now, Now + -TimeSpan.FromSeconds(1));
        Assert.Equal(["second", "identity"], Turns(2));
        Assert.Equal(PlantTime.Zero, _turns.DueAt);
    }

    [Fact]
    public void Where_nothing_is_due_nobody_has_a_turn()
    {
        _first.DueAt = Now + TimeSpan.FromSeconds(1);
        Assert.Null(_turns.Next(Now));
        Assert.Equal(_first.DueAt, _turns.DueAt);
    }

    private string[] Turns(int count) => [.. Enumerable.Range(0, count).Select(_ => ((Chore)_turns.Next(Now)!).Name)];

    private sealed class Chore(string name) : IChore
    {
        public string Name => name;

        public PlantTime DueAt { get; set; } = PlantTime.Never;

        public Task AskAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<FeedEnd?> TakeAsync(Task asked, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
