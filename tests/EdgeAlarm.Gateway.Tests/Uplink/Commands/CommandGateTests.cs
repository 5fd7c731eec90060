using EdgeAlarm.Gateway.Uplink.Commands;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Tests.Uplink.Commands;

/// <summary>Which commands may go to the engine.</summary>
public sealed class CommandGateTests
{
    private static readonly DateTime Start = new(2026, 12, 1, 6, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime At = Start.AddMinutes(10);
    private readonly CommandGate _gate = new(
        new([new("scada1", new HashSet<CommandVerb> { CommandVerb.Acknowledge, CommandVerb.Reset }), new("scada2", new HashSet<CommandVerb> { CommandVerb.Shelve })], 3),
        Start);

    [Fact]
    public void A_principal_may_what_its_rights_say_and_others_may_nothing()
    {
        Assert.Null(Judge("scada1", Command()));
        Assert.Null(Judge("scada2", Command(CommandVerb.Shelve)));
        Assert.Equal(CommandRefusal.NoRight, Judge("scada2", Command())!.Refusal);
        Assert.Equal(CommandRefusal.NoRight, Judge("SCADA1", Command())!.Refusal);
        var verdict = Judge("scada1", Command(CommandVerb.RemoveFromService))!;
        Assert.Equal(CommandRefusal.NoRight, verdict.Refusal);
        Assert.Contains("scada1 may not removeFromService; its rights in gateway.json are acknowledge, reset", verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_retained_command_is_refused_whoever_sent_it() =>
        Assert.Equal(CommandRefusal.Retained, _gate.Judge("scada1", isRetained: true, Command(), At, TimeSpan.Zero)!.Refusal);

    [Theory]
    [InlineData(-30_000, null)]
    [InlineData(-30_001, nameof(CommandRefusal.Expired))]
    [InlineData(5_000, null)]
    [InlineData(5_001, nameof(CommandRefusal.Expired))]
    public void A_command_lives_thirty_seconds_and_the_senders_clock_may_be_five_ahead(int milliseconds, string? refusal) =>
        Assert.Equal(refusal, Judge("scada1", Command(sent: At.AddMilliseconds(milliseconds)))?.Refusal.ToString());

    /// <summary>The answers that were given before the restart are forgotten: such a command would have a second effect.</summary>
    [Theory]
    [InlineData(5, nameof(CommandRefusal.Restarted))]
    [InlineData(6, null)]
    public void A_command_from_before_the_start_is_not_carried_out_again(int seconds, string? refusal) =>
        Assert.Equal(refusal, _gate.Judge("scada1", false, Command(sent: Start.AddSeconds(seconds)), Start.AddSeconds(7), TimeSpan.Zero)?.Refusal.ToString());

    [Fact]
    public void The_rate_is_each_principals_own_and_ends_with_its_minute()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(Judge("scada1", Command()));
        }

        Assert.Equal(CommandRefusal.TooMany, Judge("scada1", Command())!.Refusal);
        Assert.Null(Judge("scada2", Command(CommandVerb.Shelve)));
        Assert.Equal(CommandRefusal.TooMany, _gate.Judge("scada1", false, Command(), At, TimeSpan.FromSeconds(59))!.Refusal);
        Assert.Null(_gate.Judge("scada1", false, Command(), At, TimeSpan.FromSeconds(60)));
    }

    private CommandVerdict? Judge(string principal, CommandMessage message) => _gate.Judge(principal, false, message, At, TimeSpan.Zero);

    private static CommandMessage Command(CommandVerb verb = CommandVerb.Acknowledge, DateTime? sent = null) =>
        new() { Id = Guid.NewGuid(), Verb = verb, Alarm = "LT101_HI", Sent = sent ?? At };
}
