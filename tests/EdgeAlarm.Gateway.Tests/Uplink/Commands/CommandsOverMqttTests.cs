using System.Collections.Concurrent;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Uplink;
using EdgeAlarm.TestServers;
using EdgeAlarm.Wire;
using MQTTnet;

namespace EdgeAlarm.Gateway.Tests.Uplink.Commands;

/// <summary>Commands through a real broker with the access list that is delivered.</summary>
public sealed class CommandsOverMqttTests : IAsyncLifetime
{
    private static readonly CommandVerb[] Rights = [CommandVerb.Acknowledge, CommandVerb.Shelve];
    private readonly ConcurrentQueue<OperatorCommand> _folded = [];
    private readonly TaskCompletionSource _flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ScadaDouble _scada = new();
    private MosquittoBroker? _broker;

    public async ValueTask InitializeAsync()
    {
        _broker = await MosquittoBroker.StartAsync(
            folder => File.Copy(Path.Combine(Repository.Root, "config", "deploy", "mosquitto.acl"), Path.Combine(folder, "acl")),
            "acl_file {folder}/acl");
        await _scada.ConnectAsync(_broker.Port, "scada1");
    }

    [Fact]
    public async Task A_command_is_answered_when_its_outcome_is_durable_and_not_before()
    {
        await using var plant = await StartAsync();
        var command = Acknowledge();
        Assert.Equal(MqttClientPublishReasonCode.Success, await _scada.SendAsync("scada1", command));
        await plant.UntilAsync(() => _folded.Count == 1, "the command at the engine");
        Assert.Equal((command.Id, "mqtt:scada1:ann"), (_folded.Single().CommandId, _folded.Single().By));

        // A second one is refused at once: its answer would overtake that of the first if either did not wait for the disk.
        await _scada.SendAsync("scada1", Acknowledge() with { Verb = CommandVerb.Reset });
        await plant.UntilAsync(() => !_scada.Answers.IsEmpty, "the refusal");
        Assert.Equal("NoRight", Assert.Single(_scada.Answers).Outcome);

        _flushed.SetResult();
        await plant.UntilAsync(() => _scada.Answers.Count == 2, "the answer");
        var answer = _scada.Answers.Last();
        Assert.Equal((command.Id, "scada1", "Accepted", ""), (answer.Id, answer.Principal, answer.Outcome, answer.Detail));
    }

    [Fact]
    public async Task The_same_command_twice_has_one_effect_and_the_same_answer()
    {
        await using var plant = await StartAsync();
        var command = Acknowledge();
        await _scada.SendAsync("scada1", command);
        await _scada.SendAsync("scada1", command);
        _flushed.SetResult();
        await plant.UntilAsync(() => !_scada.Answers.IsEmpty, "the answer");
        await _scada.SendAsync("scada1", command);
        await plant.UntilAsync(() => _scada.Answers.Count >= 2, "the answer again");
        Assert.Single(_scada.Answers.Distinct());
        Assert.Single(_folded);

        await _scada.SendAsync("scada1", command with { Alarm = "OTHER" });
        // whether the second of the first two was answered by itself depends on whether it came before the flush
        await plant.UntilAsync(() => _scada.Answers.Any(answer => answer.Outcome == "IdReused"), "the refusal");
        Assert.Single(_folded);
    }

    /// <summary>From two places: the second hears that it was second.</summary>
    [Fact]
    public async Task The_first_acknowledgement_counts_and_the_second_hears_of_it()
    {
        _flushed.SetResult();
        await using var plant = await StartAsync();
        await _scada.SendAsync("scada1", Acknowledge());
        await _scada.SendAsync("scada1", Acknowledge());
        await plant.UntilAsync(() => _scada.Answers.Count == 2, "both answers");
        Assert.Equal(["Accepted", "AlreadyAcknowledged"], _scada.Answers.Select(answer => answer.Outcome).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(plant.Conditions, condition => condition.Name == UplinkConditions.CommandRefused);
    }

    /// <summary>Retained, it would come with every connection of the gateway, years later too.</summary>
    [Fact]
    public async Task A_retained_command_is_refused_and_told_whether_the_gateway_is_there_or_comes()
    {
        _flushed.SetResult();
        await using (var plant = await StartAsync())
        {
            await _scada.SendAsync("scada1", Acknowledge(), retain: true);
            await plant.UntilAsync(() => !_scada.Answers.IsEmpty, "the refusal while connected");
        }

        await using var later = await StartAsync();
        await later.UntilAsync(() => _scada.Answers.Count == 2, "the refusal after a connect");
        Assert.All(_scada.Answers, answer => Assert.Equal("Retained", answer.Outcome));
        Assert.Contains((UplinkConditions.CommandRefused, true), later.Conditions);
        Assert.Single(later.Lines, line => line.Contains("never retained", StringComparison.Ordinal));
        Assert.Empty(_folded);
    }

    [Fact]
    public async Task Nobody_is_heard_unless_the_settings_name_who_may_send()
    {
        _flushed.SetResult();
        await using var plant = await StartAsync(isOn: false);
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, await _scada.SendAsync("scada1", Acknowledge()));
        Assert.Empty(_folded);
    }

    [Fact]
    public async Task The_access_list_vouches_for_the_principal()
    {
        _flushed.SetResult();
        await using var plant = await StartAsync();
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await _scada.SendAsync("scada2", Acknowledge()));
        foreach (var topic in (string[])["events", "live", "receipt", "status", "outbox", "response"])
        {
            Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await _scada.PublishAsync($"edgealarm/v1/plant1/gw1/{topic}", "{}"u8.ToArray()));
        }

        await _scada.SendAsync("scada1", Acknowledge());
        await plant.UntilAsync(() => !_scada.Answers.IsEmpty, "the answer");
        Assert.Equal("scada1", Assert.Single(_scada.Answers).Principal);
    }

    /// <summary>Bytes that are no command cost nobody anything, and are told once.</summary>
    [Fact]
    public async Task Bytes_that_are_no_command_are_told_once_and_the_next_command_works()
    {
        _flushed.SetResult();
        await using var plant = await StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await _scada.PublishAsync("edgealarm/v1/plant1/gw1/command/scada1", [0x7B, (byte)i]);
        }

        await _scada.SendAsync("scada1", Acknowledge());
        await plant.UntilAsync(() => !_scada.Answers.IsEmpty, "the answer");
        Assert.Equal("Accepted", Assert.Single(_scada.Answers).Outcome);
        Assert.Single(plant.Lines, line => line.Contains("was refused: Malformed", StringComparison.Ordinal));
        Assert.Single(plant.Conditions, condition => condition.Name == UplinkConditions.CommandRefused);
    }

    public async ValueTask DisposeAsync()
    {
        await _scada.DisposeAsync();
        await _broker!.DisposeAsync(); // not null: the test ran
    }

    private async Task<UplinkPlant> StartAsync(bool isOn = true)
    {
        var settings = new CommandSettings([new("scada1", Rights.ToHashSet())], CommandSettings.PerMinuteDefault);
        var plant = new UplinkPlant(
            _broker!.Port, // not null: see above
            with: options => options with
            {
                Mqtt = options.Mqtt with { User = "gw1", PasswordFile = null },
                Commands = isOn ? settings : null,
                CommandsStartedAt = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            },
            send: FoldAsync);
        await plant.UntilAsync(() => plant.Uplink.State.IsConnected, "the connection");
        return plant;
    }

    private async Task<CommandOutcome> FoldAsync(Func<PlantTime, Guid, OperatorCommand> command, CancellationToken cancellationToken)
    {
        CommandOutcome outcome;
        lock (_folded)
        {
            outcome = _folded.IsEmpty ? CommandOutcome.Accepted : CommandOutcome.AlreadyAcknowledged;
            _folded.Enqueue(command(default, Guid.NewGuid()));
        }

        await _flushed.Task.WaitAsync(cancellationToken);
        return outcome;
    }

    private static CommandMessage Acknowledge() => new()
    {
        Id = Guid.NewGuid(),
        Verb = CommandVerb.Acknowledge,
        Alarm = "LT101_HI",
        Occurrence = "019ab000-0000-7000-8000-000000000002:17",
        By = "ann",
        Sent = TimeProvider.System.GetUtcNow().UtcDateTime,
    };
}
