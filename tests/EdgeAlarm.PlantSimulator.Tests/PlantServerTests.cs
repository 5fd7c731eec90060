using System.Globalization;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.Plant;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.PlantSimulator.Tests;

/// <summary>Our own client over real sockets; other clients are the interop tests' matter.</summary>
public class PlantServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MessageSecurityMode.None)]
    [InlineData(MessageSecurityMode.Sign)]
    [InlineData(MessageSecurityMode.SignAndEncrypt)]
    public async Task A_client_logs_in_reads_and_browses_in_every_mode(MessageSecurityMode mode)
    {
        await using var plant = new RunningPlant(options => options with { LoadTags = 20 });
        plant.TrustClient();
        await using var session = await UaSession.ConnectAsync(mode == MessageSecurityMode.None ? plant.Open() : plant.Secured(mode), TimeProvider.System, Token);
        var namespaces = await session.ReadNamespacesAsync(Token);
        Assert.True(ExpandedNodeId.Parse("nsu=urn:edgealarm:plant;s=LT101").TryResolve(namespaces, out var level));
        var values = await session.ReadValuesAsync([level, level.WithNamespace(9)], Token);
        Assert.InRange(values[0].Value.AsDouble(), 40, 70);
        Assert.NotEqual(0, values[0].SourceTicks);
        Assert.Equal(StatusCodes.BadNodeIdUnknown, values[1].Status);

        var folder = Assert.Single(await session.BrowseAsync(StandardNodes.ObjectsFolder, Token), reference => reference.BrowseName.Name == "Plant");
        var tags = await session.BrowseAsync(folder.NodeId.NodeId, Token);
        Assert.Equal(plant.Server.Snapshot().Select(reading => reading.Tag.Name), tags.Select(tag => tag.BrowseName.Name));
        Assert.Equal(1, plant.Server.Load().Sessions);
    }

    [Fact]
    public async Task A_wrong_password_and_an_untrusted_certificate_are_refused_and_the_certificate_is_kept_in_rejected()
    {
        await using var plant = new RunningPlant();
        var refused = await Assert.ThrowsAsync<UaClientException>(() => UaSession.ConnectAsync(plant.Secured(), TimeProvider.System, Token));
        Assert.Equal(UaFailure.Security, refused.Failure);
        plant.TrustClient();
        refused = await Assert.ThrowsAsync<UaClientException>(() => UaSession.ConnectAsync(plant.Secured(password: "wrong"), TimeProvider.System, Token));
        Assert.Equal(UaFailure.Identity, refused.Failure);
        await using var session = await UaSession.ConnectAsync(plant.Secured(), TimeProvider.System, Token);
    }

    // the session is kept across a break, and with it what the server was: a changed certificate is named at once, and not after a minute
    [Fact]
    [Trait("Field", "F-50")]
    public async Task A_server_that_comes_back_with_another_certificate_is_told_with_both_thumbprints_at_the_first_attempt()
    {
        var folder = Directory.CreateTempSubdirectory("edgealarm-changed-").FullName;
        try
        {
            var client = new CertificateStore(Path.Combine(folder, "client")) { CommandOptions = "--config site.json" };
            using var own = ApplicationCertificate.Create("urn:edgealarm:test", "EdgeAlarm test", ["localhost"], TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(30));
            client.CreateOwn(own);
            var plantFolder = Path.Combine(folder, "plant");
            File.WriteAllBytes(Path.Combine(new CertificateStore(plantFolder).TrustedFolder, "client.der"), own.Der.Span);
            UaSession session;
            int port;
            string before;
            await using (var plant = new RunningPlant(options => options with { CertificateFolder = plantFolder }))
            {
                port = plant.Server.EndpointUrl.Port;
                File.WriteAllBytes(Path.Combine(client.TrustedFolder, "plant.der"), plant.Server.Certificate.Span);
                session = await UaSession.ConnectAsync(plant.Secured() with { Certificates = client }, TimeProvider.System, Token);
                before = session.Certificates!.ServerThumbprint; // secured, so there is one
            }

            await using var kept = session;
            Directory.Delete(Path.Combine(plantFolder, "own"), recursive: true);
            await using var changed = new RunningPlant(options => options with { CertificateFolder = plantFolder, Port = port });
            var refused = await Assert.ThrowsAsync<UaClientException>(() => kept.OpenChannelAsync(Token));

            var present = CertificateStore.Certificates(client.RejectedFolder).Single().Certificate.Thumbprint;
            Assert.NotEqual(before, present);
            Assert.Equal(UaFailure.Security, refused.Failure);
            Assert.Contains($"{present} instead of {before}", refused.Message, StringComparison.Ordinal);
            Assert.Contains($"edgealarm certs trust {present[..12]} --config site.json", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("None")]
    [InlineData("Basic256Sha256/Sign")]
    [InlineData("Aes128_Sha256_RsaOaep/SignAndEncrypt")]
    [InlineData("Aes256_Sha256_RsaPss/SignAndEncrypt")]
    public async Task A_user_with_a_certificate_is_let_in_once_the_plant_trusts_it(string name)
    {
        Assert.True(EndpointSecurity.TryFind(name, out var security));
        using var user = ApplicationCertificate.Create("urn:user", "Operator", [], TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(30));
        await using var plant = new RunningPlant(plain => plain with { AllowsAnonymous = false, UserCertificateFolder = Users(plain.ValueLog!) });
        var store = new CertificateStore(Users(plant.ValueLog));
        plant.TrustClient();
        var options = plant.Secured() with { Policy = security.Policy, Mode = security.Mode, User = UserIdentity.WithCertificate(user) };

        var refused = await Assert.ThrowsAsync<UaClientException>(() => UaSession.ConnectAsync(options, TimeProvider.System, Token));
        Assert.Equal((UaFailure.Identity, StatusCodes.BadIdentityTokenRejected), (refused.Failure, refused.Status));
        store.Trust(Assert.Single(CertificateStore.Certificates(store.RejectedFolder)).Certificate);

        await using var session = await UaSession.ConnectAsync(options, TimeProvider.System, Token);
        Assert.NotEmpty(await session.ReadNamespacesAsync(Token));

        static string Users(string valueLog) => Path.Combine(Path.GetDirectoryName(valueLog)!, "users");
    }

    [Fact]
    public async Task Everything_that_the_value_log_says_of_a_sampled_tag_reaches_a_client()
    {
        await using var plant = new RunningPlant(options => options with { LoadTags = 200, LoadInterval = TimeSpan.FromMilliseconds(50) });
        plant.TrustClient();
        await using var session = await UaSession.ConnectAsync(plant.Secured(), TimeProvider.System, Token);
        var client = await SubscribedClient.StartAsync(session, 200, sampling: TimeSpan.FromMilliseconds(50), queue: 1_000);
        await client.ReceiveAsync(values => values.Count >= 200 * 40, Patience);
        await plant.StopAsync();
        AssertNothingIsMissing(plant, client, overflowAllowed: false);
    }

    [Fact, Trait("Field", "F-9")]
    public async Task A_cut_shorter_than_the_queues_loses_nothing_when_the_session_is_taken_up_again()
    {
        await using var plant = new RunningPlant(options => options with { LoadTags = 20, LoadInterval = TimeSpan.FromMilliseconds(50) });
        plant.TrustClient();
        await using var session = await UaSession.ConnectAsync(plant.Secured(), TimeProvider.System, Token);
        var client = await SubscribedClient.StartAsync(session, 20, sampling: TimeSpan.FromMilliseconds(50), queue: 1_000);
        await client.ReceiveAsync(values => values.Count >= 200, Patience);

        plant.Server.LoseConnections(TimeSpan.FromMilliseconds(700));
        await session.Broken;
        var refused = await Assert.ThrowsAsync<UaClientException>(() => session.OpenChannelAsync(Token));
        Assert.True(refused.IsTransient);
        await Eventually(async () =>
        {
            await session.OpenChannelAsync(Token);
            await session.ActivateAsync(Token);
        });
        await client.RecoverAsync();
        var before = client.Values.Count;
        await client.ReceiveAsync(values => values.Count >= before + 800, Patience);
        await plant.StopAsync();
        AssertNothingIsMissing(plant, client, overflowAllowed: false);
    }

    [Fact, Trait("Field", "F-2")]
    public async Task Queues_that_are_too_short_for_a_stall_lose_values_and_every_loss_carries_the_overflow_bit()
    {
        await using var plant = new RunningPlant(options => options with { LoadTags = 4, LoadInterval = TimeSpan.FromMilliseconds(20), Limits = new() { QueueSizeMax = 10 } });
        await using var session = await UaSession.ConnectAsync(plant.Open(), TimeProvider.System, Token);
        var client = await SubscribedClient.StartAsync(session, 4, sampling: TimeSpan.FromMilliseconds(20), queue: 1_000);
        await client.ReceiveAsync(values => values.Count >= 40, Patience);
        plant.Server.DelayPublishing(TimeSpan.FromSeconds(1));
        var before = client.Values.Count;
        await client.ReceiveAsync(values => values.Count >= before + 200, Patience);
        Assert.True(plant.Server.Load().ValuesLost > 0);
        await plant.StopAsync();
        AssertNothingIsMissing(plant, client, overflowAllowed: true);
        Assert.Contains(client.Values, value => value.Value.Status.IsOverflow);
    }

    [Fact]
    public async Task Short_tokens_are_renewed_while_values_go_on_arriving()
    {
        await using var plant = new RunningPlant(options => options with { LoadTags = 4, LoadInterval = TimeSpan.FromMilliseconds(50), Limits = new() { TokenLifetimeMax = TimeSpan.FromSeconds(4) } });
        plant.TrustClient();
        await using var session = await UaSession.ConnectAsync(plant.Secured(), TimeProvider.System, Token);
        var client = await SubscribedClient.StartAsync(session, 4, sampling: TimeSpan.FromMilliseconds(50), queue: 1_000);
        await client.ReceiveAsync(_ => session.Renewals >= 2, Patience);
        var before = client.Values.Count;
        await client.ReceiveAsync(values => values.Count >= before + 80, Patience);
        await plant.StopAsync();
        AssertNothingIsMissing(plant, client, overflowAllowed: false);
    }

    [Fact]
    public async Task A_scenario_cuts_the_plc_and_brings_it_back()
    {
        await using var plant = new RunningPlant(options => options with { Scenario = RunningPlant.Scenario("scenario X\nat 1s PLC1 lost for 500ms\n      expect nothing until 5s\n") });
        Assert.Equal(3, Assert.Single(plant.Server.LeftToOthers).Line);
        await using var session = await UaSession.ConnectAsync(plant.Open(), TimeProvider.System, Token);
        await session.Broken.WaitAsync(Patience, Token);
        await Eventually(async () => await session.OpenChannelAsync(Token));
        await session.ActivateAsync(Token);
        Assert.Equal(1, plant.Server.Load().Sessions);
    }

    [Fact]
    public async Task Whatever_bytes_come_the_server_goes_on_serving_others()
    {
        await using var plant = new RunningPlant();
        var random = new Random(4711);
        for (var i = 0; i < 50; i++)
        {
            using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            await socket.ConnectAsync(plant.Server.EndpointUrl.Host, plant.Server.EndpointUrl.Port, Token);
            var bytes = new byte[random.Next(1, 4_000)];
            random.NextBytes(bytes);
            "HELF"u8[..Math.Min(4, bytes.Length)].CopyTo(bytes);
            await socket.SendAsync(bytes, Token);
        }

        await using var session = await UaSession.ConnectAsync(plant.Open(), TimeProvider.System, Token);
        Assert.Equal(ServerState.Running, (await session.ReadServerStatusAsync(Token)).State);
    }

    [Fact]
    public void What_cannot_be_simulated_is_told_at_once_with_every_reason()
    {
        var refused = Assert.Throws<PlantServerException>(() => new PlantServer(
            new PlantServerOptions { Port = 70_000, LoadTags = -1, Scenario = RunningPlant.Scenario("scenario X\nat 1s LT10 = 5\n") },
            TimeProvider.System,
            NullLogger<PlantServer>.Instance));
        Assert.All(
            ["test.scenario:2:7: 'LT10'", "Port is 70000", "LoadTags is -1", "CertificateFolder", "Users"],
            expected => Assert.Contains(expected, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var plant = new RunningPlant();
        var port = plant.Server.EndpointUrl.Port;
        var refused = Assert.Throws<PlantServerException>(() => new PlantServer(
            new PlantServerOptions { Port = port, AllowsNone = true, AllowsAnonymous = true }, TimeProvider.System, NullLogger<PlantServer>.Instance));
        Assert.Contains(port.ToString(CultureInfo.InvariantCulture), refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Between the first and the last value that a client has of a tag it has every line of the log, or the value behind the hole carries the Overflow bit.</summary>
    private static void AssertNothingIsMissing(RunningPlant plant, SubscribedClient client, bool overflowAllowed)
    {
        var log = File.ReadLines(plant.ValueLog).Skip(1).Select(line => line.Split(','))
            .GroupBy(fields => fields[1], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(fields => (Ticks: long.Parse(fields[0], CultureInfo.InvariantCulture), Value: double.Parse(fields[2], CultureInfo.InvariantCulture))).ToArray(), StringComparer.Ordinal);
        foreach (var tag in client.Values.GroupBy(value => value.Handle))
        {
            var got = tag.Select(value => value.Value).ToArray();
            var expected = log[BulkTags.NameOf((int)tag.Key)].SkipWhile(line => line.Ticks < got[0].SourceTicks).TakeWhile(line => line.Ticks <= got[^1].SourceTicks).ToArray();
            if (!overflowAllowed)
            {
                Assert.Equal(expected, got.Select(value => (value.SourceTicks, value.Value.AsDouble())));
                continue;
            }

            var next = 0;
            foreach (var value in got)
            {
                var position = Array.FindIndex(expected, next, line => line.Ticks == value.SourceTicks);
                Assert.True(position == next || (position > next && value.Status.IsOverflow), $"a hole before {value.SourceTicks} without the Overflow bit");
                next = position + 1;
            }
        }
    }

    private static async Task Eventually(Func<Task> attempt)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await attempt();
                return;
            }
            catch (UaClientException) when (TimeProvider.System.GetElapsedTime(deadline) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Token);
            }
        }
    }
}
