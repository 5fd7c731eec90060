using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Uplink.Commands;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Tests.Uplink.Commands;

/// <summary>What the engine is asked for by a message, and under which name it is recorded.</summary>
public sealed class CommandTranslationTests
{
    private static readonly Guid Id = Guid.Parse("019ac000-0000-7000-8000-000000000001");
    private static readonly Guid Epoch = Guid.Parse("019ab000-0000-7000-8000-000000000002");

    [Fact]
    public void An_acknowledgement_carries_the_occurrence_that_was_seen_and_the_claimed_name_as_claimed()
    {
        var command = Assert.IsType<AcknowledgeCommand>(Translate(new() { Id = Id, Verb = CommandVerb.Acknowledge, Alarm = "A", Occurrence = $"{Epoch}:17", By = "ann", Note = "seen", Sent = default }));
        Assert.Equal((Id, "A", new OccurrenceId(Epoch, 17), "mqtt:scada1:ann", "seen"), (command.CommandId, command.Alarm, command.Occurrence, command.By, command.Comment));
        Assert.Equal("mqtt:scada1", Translate(new() { Id = Id, Verb = CommandVerb.Reset, Alarm = "A", Sent = default })!.By);
    }

    [Theory]
    [InlineData("30m", 30, false)]
    [InlineData("once", 0, true)]
    public void A_shelving_is_for_a_time_or_once(string duration, int minutes, bool isOneShot)
    {
        var command = Assert.IsType<ShelveCommand>(Translate(new() { Id = Id, Verb = CommandVerb.Shelve, Alarm = "A", For = duration, Note = "calibration", Sent = default }));
        Assert.Equal((TimeSpan.FromMinutes(minutes), isOneShot, "calibration"), (command.For, command.IsOneShot, command.Reason));
    }

    /// <summary>One message cannot prove two persons.</summary>
    [Fact]
    public void A_removal_from_service_brings_no_approval() =>
        Assert.Equal("", Assert.IsType<RemoveFromServiceCommand>(Translate(new() { Id = Id, Verb = CommandVerb.RemoveFromService, Alarm = "A", For = "2h", By = "ann", Note = "repair", Sent = default })).ApprovedBy);

    [Theory]
    [InlineData(CommandVerb.Acknowledge, null, null, "occurrence")]
    [InlineData(CommandVerb.Acknowledge, "17", null, "occurrence")]
    [InlineData(CommandVerb.Acknowledge, "019ab000-0000-7000-8000-000000000002:0", null, "occurrence")]
    [InlineData(CommandVerb.Acknowledge, "019ab000-0000-7000-8000-000000000002:+1", null, "occurrence")]
    [InlineData(CommandVerb.Shelve, null, null, "for")]
    [InlineData(CommandVerb.Shelve, null, "30", "for")]
    [InlineData(CommandVerb.RemoveFromService, null, "once", "for")]
    [InlineData(CommandVerb.RemoveFromService, null, "0s", "for")]
    public void What_a_verb_needs_and_lacks_is_named(CommandVerb verb, string? occurrence, string? duration, string member)
    {
        Assert.Null(CommandTranslation.Translate("scada1", new() { Id = Id, Verb = verb, Alarm = "A", Occurrence = occurrence, For = duration, Sent = default }, out var fault));
        Assert.StartsWith($"{member}: ", fault, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_is_a_command_of_the_engine(CommandVerb verb) =>
        Assert.Contains(verb.ToString(), Translate(new() { Id = Id, Verb = verb, Alarm = "A", Occurrence = $"{Epoch}:1", For = "1h", Sent = default })!.GetType().Name, StringComparison.Ordinal);

    public static TheoryData<CommandVerb> Verbs() => [.. Enum.GetValues<CommandVerb>()];

    private static OperatorCommand? Translate(CommandMessage message) => CommandTranslation.Translate("scada1", message, out _)?.Invoke(default);
}
