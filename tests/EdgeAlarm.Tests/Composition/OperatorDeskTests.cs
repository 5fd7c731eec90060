using EdgeAlarm.Composition;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;

namespace EdgeAlarm.Tests.Composition;

/// <summary>What an operator types, as commands; whatever he types has an answer.</summary>
public sealed class OperatorDeskTests
{
    private readonly List<OperatorCommand> _sent = [];

    [Theory]
    [InlineData("ack LT101_HI valve checked", "AcknowledgeCommand LT101_HI valve checked")]
    [InlineData("reset LT101_HI", "ResetCommand LT101_HI ")]
    [InlineData("Shelve  LT101_HI 30m calibration of LT101", "ShelveCommand LT101_HI 00:30:00 False calibration of LT101")]
    [InlineData("shelve LT101_HI once it flickers", "ShelveCommand LT101_HI 00:00:00 True it flickers")]
    [InlineData("unshelve LT101_HI", "UnshelveCommand LT101_HI ")]
    [InlineData("remove LT101_HI 2h permit 4711 approved by shift leader", "RemoveFromServiceCommand LT101_HI 02:00:00 permit 4711 by shift leader")]
    [InlineData("return LT101_HI raised at 95 %", "ReturnToServiceCommand LT101_HI raised at 95 %")]
    public async Task A_line_is_a_command_with_who_and_why(string line, string command)
    {
        var answer = await Desk().DoAsync(line, TestContext.Current.CancellationToken);

        var sent = Assert.Single(_sent);
        Assert.Equal(command, Words(sent));
        Assert.Equal("operator1", sent.By);
        Assert.Equal("LT101_HI: done.", answer);
    }

    [Theory]
    [InlineData("shelve LT101_HI", "For how long?")]
    [InlineData("shelve LT101_HI 30 calibration", "write a duration as 500ms, 15s")]
    [InlineData("remove LT101_HI soon", "For how long?")]
    public async Task What_misses_a_time_is_answered_with_how_to_say_it_and_does_nothing(string line, string hint)
    {
        Assert.Contains(hint, await Desk().DoAsync(line, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(_sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("shelve")]
    [InlineData("delete LT101_HI")]
    public async Task What_is_no_command_is_left_to_others(string line) => Assert.Null(await Desk().DoAsync(line, TestContext.Current.CancellationToken));

    // the engine refuses a second person who is the first
    [Theory]
    [InlineData("root")]
    [InlineData("ROOT")]
    public async Task Whoever_sits_at_the_terminal_is_no_second_person_under_a_bare_name(string name)
    {
        await Desk("terminal:root").DoAsync($"remove LT101_HI 2h permit 4711 approved by {name}", TestContext.Current.CancellationToken);
        Assert.Equal("terminal:root", Assert.IsType<RemoveFromServiceCommand>(Assert.Single(_sent)).ApprovedBy);
    }

    private static string Words(OperatorCommand command) => command switch
    {
        AcknowledgeCommand acknowledge => $"{nameof(AcknowledgeCommand)} {command.Alarm} {acknowledge.Comment}",
        ResetCommand reset => $"{nameof(ResetCommand)} {command.Alarm} {reset.Comment}",
        ShelveCommand shelve => $"{nameof(ShelveCommand)} {command.Alarm} {shelve.For} {shelve.IsOneShot} {shelve.Reason}",
        UnshelveCommand unshelve => $"{nameof(UnshelveCommand)} {command.Alarm} {unshelve.Comment}",
        RemoveFromServiceCommand remove => $"{nameof(RemoveFromServiceCommand)} {command.Alarm} {remove.For} {remove.Reason} by {remove.ApprovedBy}",
        ReturnToServiceCommand back => $"{nameof(ReturnToServiceCommand)} {command.Alarm} {back.Comment}",
        _ => command.ToString(),
    };

    private OperatorDesk Desk(string by = "operator1") => new(
        (make, _) =>
        {
            _sent.Add(make(PlantTime.Zero, Guid.Empty));
            return Task.FromResult(CommandOutcome.Accepted);
        },
        () => new GatewayState(PlantTime.Zero, Guid.Empty, 0, 0, [], [], [], Figures: null!), // nobody at the desk looks at figures
        by);
}
